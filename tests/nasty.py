"""Markdown that is hard to read right: fences in lists, lazy lines, open comments, tabs."""

from __future__ import annotations

from hypothesis import strategies as st

LINES = (
    *("# A", "## B ##", "### 2026-11-20 Anruf", "#no-space", "#", "######  six", "#######"),
    *("   # three", "    # four", "\t# tab", "- # in a list", "1. # one", "# x \\#", "\\# escaped"),
    *("text", "lazy", "", "", "  ", "---", "===", "***", "- - -", "* * *", "    code", "_ _ _"),
    *("```", "````", "~~~", "``` py", "``` a`b", "   ```", "    ```", "~~~ x", "- ```", "\t```"),
    *("<!--", "-->", "<!-- x -->", "a <!-- b", "<div>", "</div>", "<pre>", "<?x", "?>"),
    *("<!X", ">", "<![CDATA[", "]]>", "<script>", "<xyz", "  <!--", " <div>", "<p/>", "</h1>"),
    *("- a", "* b", "+ c", "-", "-    ", "-      x", "1. a", "2. b", "7)", "10. c", "- ", "-\tx"),
    *("  # two", "   text", "  - nested", "    - deep", "  ```", "- - d", "1. - e", "-\t# g"),
    *("- [ ] task", "`code`", "\\```", "  \t# x", "- [x] done", "- \t- tabs", "1.\ta", "   2. b"),
)
QUOTES = (
    *("> # quoted", "> ```", "> q", ">q", ">", "> - a", "> > b", "- > c", ">\t# f", ">  x", " > y"),
    *(
        "   > quote",
        "  > # y",
        "> <!--",
        "> -->",
        "> ~~~",
        "-\t> # z",
        ">- # a",
        "> 1. b",
        ">\t\tx",
    ),
)
TAGS = (
    "</pre>",
    "<b>",
    "<b> x",
    "</b>",
    "<a href='x'>",
    "<a b=c d>",
    "<a\tb>",
    "</b >",
    "<b/>",
    "<a b=>",
)


def nasty(*lines: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(lines), max_size=14).map("\n".join)


# Lone tags and deep lines not together: below "> b" and a deep lazy line markdown-it lets a lone
# tag interrupt the paragraph, which CommonMark 0.31.2 § 4.6 rules out.
SHALLOW = tuple(line for line in LINES if not line.expandtabs(4).startswith("    "))
NASTY = (
    nasty(*LINES, *QUOTES) | nasty(*SHALLOW, *TAGS) | st.text("#  \n\n>-`~<!\t1.a*=:/", max_size=30)
)
