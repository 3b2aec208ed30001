"""Scripts are packed without a change of meaning."""

import pytest

from figpress.live.compact import compact


@pytest.mark.parametrize(
    ("script", "packed"),
    [
        ("var a = 1; // why\nvar b = a;", "var a=1;var b=a;"),
        ("x = a - -b + +c;", "x=a- -b+ +c;"),
        ("return a\n(b)", "return a\n(b)"),
        ("if (a in b) return  1;", "if(a in b)return 1;"),
        ('say("a = b; // no", \'it is "so"\');', 'say("a = b; // no",\'it is "so"\');'),
        ('x = / a = "/.test(y) / 2 / z;', 'x=/ a = "/.test(y)/2/z;'),
        (r"m = /[/\]] = /g;", r"m=/[/\]] = /g;"),
        ("`a = ${ f({ b : `c = ${ d }` }) } = e` + 1", "`a = ${f({b:`c = ${d}`})} = e`+1"),
        ("{\n  a();\n}\nb()", "{a();}\nb()"),
        ("$ = `\\` = ${`}` + '}'} = `", "$=`\\` = ${`}`+'}'} = `"),
    ],
)
def test_white_space_goes_where_it_means_nothing(script, packed):
    assert compact(script) == packed + "\n"
    assert compact(packed) == packed + "\n"
