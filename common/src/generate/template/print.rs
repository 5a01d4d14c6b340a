//! Values as Go's fmt prints them with `%v`.

use std::fmt::Write;

use super::Data;

/// How a template prints a value.
pub(super) fn print(value: &Data) -> String {
    match value {
        Data::Nil => "<no value>".into(),
        Data::Text(text) => text.to_string(),
        value => format(value),
    }
}

/// How `%v` prints a value, also inside of others.
pub(super) fn format(value: &Data) -> String {
    match value {
        Data::Nil | Data::NilPointer(_) => "<nil>".into(),
        Data::Bool(b) => b.to_string(),
        Data::Int(i) => i.to_string(),
        Data::UInt(u) => u.to_string(),
        Data::Float(f) => float(*f),
        Data::Text(text) => text.to_string(),
        Data::List(items) => format!("[{}]", items.iter().map(format).collect::<Vec<_>>().join(" ")),
        Data::Map(map) => {
            let entries: Vec<String> = map.entries.iter().map(|(k, v)| format!("{k}:{}", format(v))).collect();
            format!("map[{}]", entries.join(" "))
        }
        Data::Struct(value) => {
            let fields: Vec<String> = value.fields.iter().map(|(_, value)| format(value)).collect();
            format!("{{{}}}", fields.join(" "))
        }
    }
}

/// Go's shortest `%g` (strconv `ftoa.go`): with exponent below 1e-4 and from 1e6 on.
fn float(f: f64) -> String {
    if f.is_nan() {
        return "NaN".into();
    }
    if f.is_infinite() {
        return if f > 0.0 { "+Inf".into() } else { "-Inf".into() };
    }
    let scientific = format!("{f:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if f == 0.0 || (-4..6).contains(&exponent) {
        return f.to_string();
    }
    let mut out = digits.to_owned();
    // Writing to a text cannot fail.
    let _ = write!(out, "e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_go() {
        let printed: Vec<String> =
            [12345678.5, 1e6, 1e21, 123456.0, 0.0001, 0.00001, -0.5].into_iter().map(float).collect();
        assert_eq!(printed, ["1.23456785e+07", "1e+06", "1e+21", "123456", "0.0001", "1e-05", "-0.5"]);
    }

    #[test]
    fn structs_and_maps_print_as_in_go() {
        let network = Data::structure("siteConfig.MachineNetwork", vec![("CIDR", Data::from("10.0.0.0/24"))]);
        let labels = Data::text_map([("b", "2"), ("a", "1"), ("c", "")]);
        assert_eq!(print(&Data::list([network])), "[{10.0.0.0/24}]");
        assert_eq!(print(&labels), "map[a:1 b:2 c:]");
        assert_eq!(print(&Data::Nil), "<no value>");
        assert_eq!(print(&Data::list([Data::Nil])), "[<nil>]");
    }
}
