//! The functions every Go template has: Go 1.24 `text/template/funcs.go`.

use std::cmp::Ordering;
use std::sync::Arc;

use super::data::{Data, MapValues};
use super::print::{format, print};

/// Names that can be called; `and` and `or` are evaluated by the executor because they may stop early.
pub(super) const NAMES: [&str; 19] = [
    "and", "or", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "print", "printf",
    "println", "slice", "urlquery",
];

/// Calls a function.
///
/// # Errors
/// What Go says about wrong arguments, without the `error calling` in front.
pub(super) fn call(name: &str, args: &[Data]) -> Result<Data, String> {
    match (name, args) {
        ("not", [value]) => Ok(Data::Bool(!is_true(value))),
        ("len", [value]) => length(value).map(Data::Int),
        ("index", [value, indexes @ ..]) => indexes.iter().try_fold(value.clone(), |value, i| index(&value, i)),
        ("slice", [value, indexes @ ..]) => slice(value, indexes),
        ("print", args) => Ok(text(print_args(args))),
        ("println", args) => Ok(text(args.iter().map(format).collect::<Vec<_>>().join(" ") + "\n")),
        ("printf", [Data::Text(pattern), args @ ..]) => printf(pattern, args),
        ("html", args) => Ok(text(gotmpl::html_escape(&escaped(args)))),
        ("js", args) => Ok(text(gotmpl::js_escape(&escaped(args)))),
        ("urlquery", args) => Ok(text(gotmpl::url_encode(&escaped(args)))),
        ("eq", [first, others @ ..]) if !others.is_empty() => {
            for other in others {
                if equal(first, other)? {
                    return Ok(Data::Bool(true));
                }
            }
            Ok(Data::Bool(false))
        }
        ("eq", [_]) => Err("missing argument for comparison".into()),
        ("ne", [a, b]) => equal(a, b).map(|equal| Data::Bool(!equal)),
        ("lt", [a, b]) => order(a, b).map(|o| Data::Bool(o == Some(Ordering::Less))),
        ("le", [a, b]) => order(a, b).map(|o| Data::Bool(matches!(o, Some(Ordering::Less | Ordering::Equal)))),
        ("gt", [a, b]) => order(a, b).map(|o| Data::Bool(o == Some(Ordering::Greater))),
        ("ge", [a, b]) => order(a, b).map(|o| Data::Bool(matches!(o, Some(Ordering::Greater | Ordering::Equal)))),
        ("call", [value, ..]) => Err(format!("non-function of type {}", value.type_name())),
        ("printf", [other, ..]) => Err(format!("wrong type for value; expected string; got {}", other.type_name())),
        (_, args) => Err(format!("wrong number of args: got {}", args.len())),
    }
}

fn text(text: String) -> Data {
    Data::Text(text.into())
}

/// Go's truth: not the zero value; every struct is true.
pub(super) fn is_true(value: &Data) -> bool {
    match value {
        Data::Nil | Data::NilPointer(_) => false,
        Data::Bool(b) => *b,
        Data::Int(i) => *i != 0,
        Data::UInt(u) => *u != 0,
        Data::Float(f) => *f != 0.0,
        Data::Text(text) => !text.is_empty(),
        Data::List(items) => !items.is_empty(),
        Data::Map(map) => !map.entries.is_empty(),
        Data::Struct(_) => true,
    }
}

fn length(value: &Data) -> Result<i64, String> {
    let length = match value {
        Data::Text(text) => text.len(),
        Data::List(items) => items.len(),
        Data::Map(map) => map.entries.len(),
        other => return Err(format!("len of type {}", other.type_name())),
    };
    Ok(length as i64)
}

fn whole(index: &Data) -> Result<usize, String> {
    let number = match index {
        Data::Int(i) => usize::try_from(*i).ok(),
        Data::UInt(u) => usize::try_from(*u).ok(),
        other => return Err(format!("cannot index slice/array with type {}", other.type_name())),
    };
    number.ok_or_else(|| format!("index out of range: {}", format(index)))
}

fn index(value: &Data, index: &Data) -> Result<Data, String> {
    let out_of_range = || format!("index out of range: {}", format(index));
    match value {
        Data::List(items) => items.get(whole(index)?).cloned().ok_or_else(out_of_range),
        Data::Text(text) => {
            text.as_bytes().get(whole(index)?).map(|b| Data::Int(i64::from(*b))).ok_or_else(out_of_range)
        }
        Data::Map(map) => {
            let Data::Text(key) = index else {
                return Err(format!("value has type {}; should be string", index.type_name()));
            };
            let zero = match map.values {
                MapValues::Any => Data::Nil,
                MapValues::Texts => Data::from(""),
            };
            Ok(map.entries.get(key).cloned().unwrap_or(zero))
        }
        Data::Nil | Data::NilPointer(_) => Err("index of untyped nil".into()),
        other => Err(format!("can't index item of type {}", other.type_name())),
    }
}

fn slice(value: &Data, indexes: &[Data]) -> Result<Data, String> {
    let length = match value {
        Data::Text(text) => text.len(),
        Data::List(items) => items.len(),
        other => return Err(format!("can't slice item of type {}", other.type_name())),
    };
    if indexes.len() > 3 || (indexes.len() == 3 && matches!(value, Data::Text(_))) {
        return Err(format!("too many slice indexes: {}", indexes.len()));
    }
    let bound = |i: usize, default: usize| indexes.get(i).map_or(Ok(default), whole);
    let (start, end) = (bound(0, 0)?, bound(1, length)?);
    let range_error = || format!("invalid slice index: {start} > {end} or beyond {length}");
    match value {
        Data::List(items) => items.get(start..end).map(|items| Data::List(items.into())).ok_or_else(range_error),
        Data::Text(text) => text.get(start..end).map(Data::from).ok_or_else(range_error),
        _ => Err(range_error()),
    }
}

/// Blanks only between arguments that are both no text: Go's `fmt.Sprint`.
fn print_args(args: &[Data]) -> String {
    let mut out = String::new();
    for (i, arg) in args.iter().enumerate() {
        let text_before = i > 0 && matches!(args.get(i - 1), Some(Data::Text(_)));
        if i > 0 && !text_before && !matches!(arg, Data::Text(_)) {
            out.push(' ');
        }
        out.push_str(&format(arg));
    }
    out
}

/// What the escapers see: a single text as it is, else everything printed.
fn escaped(args: &[Data]) -> String {
    match args {
        [value] => print(value),
        args => print_args(args),
    }
}

fn equal(a: &Data, b: &Data) -> Result<bool, String> {
    const INCOMPATIBLE: &str = "incompatible types for comparison";
    match (a, b) {
        (Data::Nil | Data::NilPointer(_), _) | (_, Data::Nil | Data::NilPointer(_)) => {
            Ok(matches!(a, Data::Nil | Data::NilPointer(_)) && matches!(b, Data::Nil | Data::NilPointer(_)))
        }
        (Data::Bool(a), Data::Bool(b)) => Ok(a == b),
        (Data::Text(a), Data::Text(b)) => Ok(a == b),
        (Data::Float(a), Data::Float(b)) => Ok(a == b),
        (Data::Int(_) | Data::UInt(_), Data::Int(_) | Data::UInt(_)) => Ok(integer(a) == integer(b)),
        (Data::Struct(a), Data::Struct(b)) if a.name == b.name => Ok(a == b),
        (Data::List(_) | Data::Map(_), Data::List(_) | Data::Map(_)) => {
            Err(format!("non-comparable types {}, {}", a.type_name(), b.type_name()))
        }
        _ => Err(INCOMPATIBLE.into()),
    }
}

fn integer(value: &Data) -> Option<i128> {
    match value {
        Data::Int(i) => Some(i128::from(*i)),
        Data::UInt(u) => Some(i128::from(*u)),
        _ => None,
    }
}

fn order(a: &Data, b: &Data) -> Result<Option<Ordering>, String> {
    match (a, b) {
        (Data::Text(a), Data::Text(b)) => Ok(Some(a.cmp(b))),
        (Data::Float(a), Data::Float(b)) => Ok(a.partial_cmp(b)),
        (Data::Int(_) | Data::UInt(_), Data::Int(_) | Data::UInt(_)) => Ok(Some(integer(a).cmp(&integer(b)))),
        (Data::Bool(_), _) | (Data::List(_) | Data::Map(_) | Data::Struct(_) | Data::Nil, _) => {
            Err("invalid type for comparison".into())
        }
        _ => Err("incompatible types for comparison".into()),
    }
}

/// Formats with the formatter of gotmpl. Lists, maps and structs, which it does not know or not as Go, go in as they
/// print.
fn printf(pattern: &Arc<str>, args: &[Data]) -> Result<Data, String> {
    if let Some(verb) = unknown_verb(pattern, args) {
        return Err(format!("{verb} is not supported for these values; use %v or %s"));
    }
    let mut data = std::collections::BTreeMap::from([(Arc::from("f"), gotmpl::Value::String(pattern.clone()))]);
    let mut source = String::from("{{printf .f");
    for (i, arg) in args.iter().enumerate() {
        data.insert(format!("a{i}").into(), foreign(arg));
        source.push_str(&format!(" .a{i}"));
    }
    source.push_str("}}");
    gotmpl::execute(&source, &gotmpl::Value::Map(Arc::new(data))).map(text).map_err(|error| error.to_string())
}

/// A verb that gotmpl prints in another way than Go for the value it is meant for.
fn unknown_verb(pattern: &str, args: &[Data]) -> Option<String> {
    let mut args = args.iter();
    let mut rest = pattern;
    while let Some(at) = rest.find('%') {
        let verb = rest.get(at + 1..)?;
        let flags = verb.find(|c: char| !"+-# 0123456789.*[]".contains(c))?;
        let (flags, letter) = (verb.get(..flags)?, verb.get(flags..)?.chars().next()?);
        rest = verb.get(flags.len() + letter.len_utf8()..)?;
        if letter == '%' {
            continue;
        }
        let composite = matches!(args.next(), Some(Data::List(_) | Data::Map(_) | Data::Struct(_)));
        let go_syntax = letter == 'v' && (flags.contains('#') || flags.contains('+') && composite);
        if letter == 'T' || go_syntax || composite && !matches!(letter, 'v' | 's') {
            return Some(format!("%{flags}{letter}"));
        }
    }
    None
}

fn foreign(value: &Data) -> gotmpl::Value {
    match value {
        Data::Nil | Data::NilPointer(_) => gotmpl::Value::Nil,
        Data::Bool(b) => gotmpl::Value::Bool(*b),
        Data::Int(i) => gotmpl::Value::Int(*i),
        Data::UInt(u) => gotmpl::Value::Uint(*u),
        Data::Float(f) => gotmpl::Value::Float(*f),
        Data::Text(text) => gotmpl::Value::String(text.clone()),
        Data::List(_) | Data::Map(_) | Data::Struct(_) => gotmpl::Value::String(format(value).into()),
    }
}
