"""Time the program as people meet it: whole processes, on stores of invented customers."""
