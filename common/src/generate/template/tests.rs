use super::*;

fn data() -> Data {
    let node = |name: &str| Data::structure("siteConfig.Nodes", vec![("HostName", Data::from(name))]);
    let cluster = Data::structure(
        "siteConfig.Clusters",
        vec![
            ("ClusterName", Data::from("c1")),
            ("NumMasters", Data::Int(1)),
            ("ClusterLabels", Data::text_map([("b", "2"), ("a", "1"), ("c", "")])),
            ("Nodes", Data::list([node("m1"), node("m2"), node("m3"), node("m4")])),
            ("NoNodes", Data::list([])),
            ("Pointer", Data::NilPointer("siteConfig.DiskEncryption")),
        ],
    );
    Data::map([("Role", Data::from("master")), ("Data", cluster)])
}

fn ok(source: &str) -> String {
    render("t.yaml.tmpl", source, &data()).unwrap()
}

fn error(source: &str) -> String {
    render("t.yaml.tmpl", source, &data()).unwrap_err().to_string()
}

#[test]
fn values_and_pipelines() {
    assert_eq!(ok("x-{{ .Role }} {{ .Role | len | printf \"%03d\" }}"), "x-master 006");
    assert_eq!(
        ok("{{ `raw \"q\"` | printf \"%s\" | printf \"%q\" }} {{ 'c' }} {{ 1.5 }} {{ 0x10 }}"),
        "\"raw \\\"q\\\"\" 99 1.5 16"
    );
    assert_eq!(ok("{{ .Data.NumMasters }} {{ (index .Data.Nodes 1).HostName }} {{ print 1 2 `a` 3 }}"), "1 m2 1 2a3");
    assert_eq!(
        ok("{{ 12345678.5 }} {{ printf \"%v %s\" .Data.Nodes .Role }}"),
        "1.23456785e+07 [{m1} {m2} {m3} {m4}] master"
    );
}

#[test]
fn maps_forgive_and_structs_do_not() {
    let printed = "map[a:1 b:2 c:] 1 <no value> 2 ||";
    assert_eq!(
        ok(
            "{{ .Data.ClusterLabels }} {{ .Data.ClusterLabels.a }} {{ .Data.ClusterLabels.z }} {{ index .Data.ClusterLabels `b` }} |{{ index .Data.ClusterLabels `z` }}|"
        ),
        printed
    );
    assert_eq!(error("a: {{ .Data.Nope }}"), "t.yaml.tmpl:1:7: can't evaluate field Nope in type siteConfig.Clusters");
    assert!(error("{{ .Data.Pointer.Type }}").ends_with("nil pointer evaluating *siteConfig.DiskEncryption.Type"));
    assert_eq!(ok("{{ with .Data.Pointer }}x{{ else }}none{{ end }}"), "none");
}

#[test]
fn blocks() {
    assert_eq!(
        ok(
            "{{ range .Data.Nodes }}{{ if eq .HostName `m2` }}{{ continue }}{{ end }}{{ if eq .HostName `m4` }}{{ break }}{{ end }}- {{ .HostName }}\n{{ end }}"
        ),
        "- m1\n- m3\n"
    );
    assert_eq!(ok("{{ range $k, $v := .Data.ClusterLabels }}{{ $k }}={{ $v }} {{ end }}"), "a=1 b=2 c= ");
    assert_eq!(ok("{{ range .Data.NoNodes }}x{{ else }}none{{ end }}"), "none");
    assert_eq!(ok("{{ if false }}a{{ else if eq .Role `x` `master` }}b{{ else }}c{{ end }}"), "b");
    assert_eq!(
        ok(
            "{{ $x := `a` -}} {{ if true }}{{ $x = `b` }}{{ $y := 1 }}{{ end }}{{ $x }}{{ with .Data.ClusterName }} {{ . }}-{{ $.Role }}{{ end }}"
        ),
        "b c1-master"
    );
    assert_eq!(
        ok("{{ define `n` }}name-{{ . }}{{ end -}} {{ template `n` .Role }} {{ block `m` 1 }}blk-{{ . }}{{ end }}"),
        "name-master blk-1"
    );
    assert_eq!(ok("  {{- /* {{ if */ -}}  \n a {{- 1 -}} }"), "a1}");
}

#[test]
fn unbalanced_blocks_are_errors() {
    assert_eq!(error("a\n  {{ if .Role }}b"), "t.yaml.tmpl:2:3: unexpected EOF: this {{if}} has no {{end}}");
    assert!(error("{{ end }}").contains("unexpected {{end}} outside of a block"));
    assert!(error("{{ else }}").contains("unexpected {{else}}"));
    assert!(error("{{ if true }}{{ else }}{{ else }}{{ end }}").contains("unexpected {{else}}"));
    assert!(error("{{ range .Data.Nodes }}{{ else if true }}{{ end }}").contains("unexpected {{else}}"));
    assert!(error("{{ /* c */ }}").contains("a comment has to start"));
    assert!(error("{{ \"a\nb\" }}").contains("unterminated quoted string"));
    assert!(error("{{ break }}").contains("outside {{range}}"));
    assert_eq!(ok("{{ `{{ if }}` }}{{ \"}} {{ if\" }}"), "{{ if }}}} {{ if");
}

#[test]
fn mistakes_are_told_with_their_place() {
    assert!(error("{{ .Role ").starts_with("t.yaml.tmpl:1:"));
    assert_eq!(error("\n{{ nope 1 }}"), "t.yaml.tmpl:2:4: function \"nope\" not defined");
    assert_eq!(error("{{ $x }}"), "t.yaml.tmpl:1:4: undefined variable \"$x\"");
    assert!(error("{{ template `x` }}").ends_with("template \"x\" not defined"));
    assert!(error("{{ eq 1 `1` }}").ends_with("error calling eq: incompatible types for comparison"));
    assert!(error("{{ index .Data.Nodes 9 }}").ends_with("error calling index: index out of range: 9"));
    assert!(error("{{ define `r` }}{{ template `r` }}{{ end }}{{ template `r` }}").contains("nested too deep"));
    assert!(error("{{ printf `%T` 1 }}").ends_with("%T is not supported for these values; use %v or %s"));
    assert!(error("{{ .Role 1 }}").contains("has arguments but cannot be invoked as function"));
}
