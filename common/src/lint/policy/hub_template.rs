//! Hub templates in policies: `{{hub … hub}}`.
//!
//! Only what can be told without running them: delimiters that do not pair, misspelt functions (of
//! stolostron/go-template-utils 4.20 and text/template), namespaces that the hub refuses, ConfigMaps that are missing.

use crate::finding::Finding;
use crate::lint::fleet::{Cr, Fleet, Template};
use crate::suggest::nearest;
use crate::yaml::Value;

const OPEN: &str = "{{hub";
const CLOSE: &str = "hub}}";
/// The functions people write in hub templates; unknown names that resemble none of them are left alone.
const FUNCTIONS: &[&str] = &[
    "fromConfigMap",
    "fromSecret",
    "fromClusterClaim",
    "lookup",
    "copyConfigMapData",
    "copySecretData",
    "base64enc",
    "base64dec",
    "b64enc",
    "b64dec",
    "indent",
    "autoindent",
    "atoi",
    "toInt",
    "toBool",
    "toLiteral",
    "protect",
    "skipObject",
    "getNodesWithExactRoles",
    "hasNodesWithExactRoles",
    "printf",
    "print",
    "println",
    "index",
    "len",
    "slice",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "and",
    "or",
    "not",
    "default",
    "empty",
    "join",
    "replace",
    "split",
    "splitn",
    "trim",
    "trimAll",
    "trimPrefix",
    "trimSuffix",
    "upper",
    "lower",
    "quote",
    "squote",
    "contains",
    "has",
    "hasPrefix",
    "hasSuffix",
    "dict",
    "list",
    "append",
    "concat",
    "dig",
    "fromJson",
    "toJson",
    "toRawJson",
    "fromYAML",
    "toYAML",
    "fromYaml",
    "toYaml",
    "ternary",
    "until",
    "untilStep",
    "add",
    "sub",
    "mul",
    "div",
    "mod",
    "max",
    "min",
    "nindent",
    "cat",
    "substr",
    "regexMatch",
    "regexReplaceAll",
    "regexFind",
    "semver",
    "semverCompare",
    "date",
    "now",
    "call",
    "html",
    "js",
    "urlquery",
    "first",
    "last",
    "uniq",
    "int",
    "int64",
    "float64",
    "toString",
    "getHostByName",
];
const KEYWORDS: &[&str] =
    &["if", "else", "end", "range", "with", "define", "template", "block", "break", "continue", "true", "false", "nil"];

/// `policy/hub-template`, `policy/hub-template-namespace`, `policy/hub-template-config-map`
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in &fleet.templates {
        for cr in &template.crs {
            let mut texts = Vec::new();
            collect(cr.value, 0, &mut texts);
            for text in texts {
                check_text(fleet, template, cr, text, findings);
            }
        }
    }
}

fn collect<'v>(value: &'v Value, depth: usize, texts: &mut Vec<&'v str>) {
    match value {
        _ if depth > 64 => {}
        Value::Str(text) if text.contains(OPEN) || text.contains(CLOSE) => texts.push(text),
        Value::Seq(items) => items.iter().for_each(|item| collect(item, depth + 1, texts)),
        Value::Map(map) => map.iter().for_each(|(_, value)| collect(value, depth + 1, texts)),
        _ => {}
    }
}

fn check_text(fleet: &Fleet<'_>, template: &Template<'_>, cr: &Cr<'_>, text: &str, findings: &mut Vec<Finding>) {
    let Some(actions) = actions(text) else {
        let fact = format!("a hub template in {} is not closed or not opened", cr.shown());
        findings.push(
            Finding::error("policy/hub-template", fact)
                .at(cr.place())
                .note(format!("the text: {}", text.lines().next().unwrap_or_default().trim()))
                .note("the hub cannot resolve the template, and the policy is not rolled out")
                .fix("write each action as {{hub … hub}}"),
        );
        return;
    };
    for action in actions {
        let words = words(action);
        for name in words.iter().filter_map(Word::function).filter(|name| !known(name)) {
            let Some(near) = nearest(name, FUNCTIONS.iter().copied()) else { continue };
            let fact = format!("hub templates have no function {name:?}");
            let finding = Finding::error("policy/hub-template", fact).at(cr.place());
            findings.push(finding.note(format!("in {OPEN}{action}{CLOSE}")).fix(format!("did you mean {near}?")));
        }
        references(fleet, template, cr, &words, findings);
    }
}

fn known(name: &str) -> bool {
    FUNCTIONS.contains(&name) || KEYWORDS.contains(&name)
}

/// What is between the delimiters; `None` when they do not pair.
fn actions(text: &str) -> Option<Vec<&str>> {
    let mut actions = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        let (before, after) = (rest.get(..start)?, rest.get(start + OPEN.len()..)?);
        let end = after.find(CLOSE)?;
        let action = after.get(..end)?;
        if before.contains(CLOSE) || action.contains(OPEN) {
            return None;
        }
        actions.push(action);
        rest = after.get(end + CLOSE.len()..)?;
    }
    (!rest.contains(CLOSE)).then_some(actions)
}

/// A word of an action.
#[derive(Debug, PartialEq)]
enum Word<'t> {
    /// A quoted text.
    Text(&'t str),
    /// A name where a function stands: at the beginning, or behind `(`, `|`, `=` or a keyword.
    Call(&'t str),
    /// Anything else.
    Other,
}

impl<'t> Word<'t> {
    fn function(&self) -> Option<&'t str> {
        match self {
            Self::Call(name) => Some(name),
            _ => None,
        }
    }
}

fn words(action: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = action.trim_start_matches('-').trim_start();
    let mut begins = true;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '`' => rest.get(1..).and_then(|t| t.find(c)).map_or(rest.len(), |end| end + 2),
            c if c.is_ascii_alphabetic() => {
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            '.' | '$' => rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| !c.is_ascii_alphanumeric() && !"._".contains(*c))
                .map_or(rest.len(), |(i, _)| i),
            c => c.len_utf8(),
        };
        let Some((word, next)) = rest.split_at_checked(length) else { break };
        rest = next;
        if c.is_whitespace() {
            continue;
        }
        match c {
            '"' | '`' => words.push(Word::Text(word.trim_matches(c))),
            c if c.is_ascii_alphabetic() && begins => words.push(Word::Call(word)),
            _ => words.push(Word::Other),
        }
        begins = matches!(c, '(' | '|' | '=') || KEYWORDS.contains(&word);
    }
    words
}

/// ConfigMaps and Secrets of other namespaces, which the hub refuses, and ConfigMaps that the repository should have.
fn references(
    fleet: &Fleet<'_>,
    template: &Template<'_>,
    cr: &Cr<'_>,
    words: &[Word<'_>],
    findings: &mut Vec<Finding>,
) {
    for window in words.windows(3) {
        let [Word::Call(function @ ("fromConfigMap" | "fromSecret")), Word::Text(namespace), name] = window else {
            continue;
        };
        if !namespace.is_empty() && *namespace != template.namespace {
            let fact =
                format!("{function} reads from namespace {namespace:?}, the policy is in {:?}", template.namespace);
            findings.push(
                Finding::error("policy/hub-template-namespace", fact)
                    .at(cr.place())
                    .note("hub templates read only from the namespace of their policy")
                    .fix("write \"\" for the namespace, and put the object there"),
            );
        }
        let (Word::Text(name), Some(made)) = (name, fleet.manifests.get("ConfigMap")) else { continue };
        if *function == "fromConfigMap"
            && !made.contains(name)
            && let Some(near) = nearest(name, made.iter().copied())
        {
            let fact = format!("no ConfigMap {name:?} is in the repository");
            let finding = Finding::warning("policy/hub-template-config-map", fact).at(cr.place());
            findings.push(
                finding.note("without it the hub cannot resolve the template").fix(format!("did you mean {near:?}?")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    fn run(text: &str) -> Vec<String> {
        let cr = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\nspec: {x: 1}\n");
        let map = ("map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: site-data}\n");
        let entry = format!("{{fileName: A.yaml, policyName: p, spec: {{x: '{text}'}}}}");
        found(check, &[cr, map, ("1.yaml", &template("t", "ns", "{a: b}", &entry))])
    }

    #[test]
    fn good_templates_are_quiet() {
        assert!(
            run("{{hub fromConfigMap \"\" \"site-data\" (printf \"%s-x\" .ManagedClusterName) | toInt hub}}")
                .is_empty()
        );
        assert!(run("a{{hub- if eq $x.y \"b\" -hub}}c{{hub end hub}}").is_empty());
        assert!(run("{{hub fromSecret \"ns\" \"other\" \"key\" hub}} {{ fromSecrt }}").is_empty());
    }

    #[test]
    fn broken_templates_are_found() {
        assert_eq!(run("{{hub .ManagedClusterName }}"), ["policy/hub-template 5"]);
        assert_eq!(run("{{hub formConfigMap \"\" \"site-data\" \"k\" hub}}"), ["policy/hub-template 5"]);
        assert_eq!(run("{{hub fromConfigMap \"b\" \"site-dat\" \"k\" hub}}").len(), 2);
    }
}
