//! What the emitter writes, both readers read back; no text makes a reader panic.

use proptest::prelude::*;
use ztp_common::yaml::{Map, Source, Value, documents, emit, hub_documents};

/// Texts that have been trouble somewhere: other types, indicators, blanks and breaks at the ends, controls.
fn text() -> impl Strategy<Value = String> {
    let hard = [
        "",
        "yes",
        "No",
        "~",
        "null",
        "0x1f",
        "0777",
        "1_000",
        "1e3",
        ".inf",
        "2024-01-02",
        "1:30",
        "<<",
        "=",
        "- a",
        "? a",
        "a: b",
        "a #b",
        "#",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "{{hub x hub}}",
        " a",
        "a ",
        "\n",
        "\na",
        "a\n",
        "a\n\n",
        " a\nb",
        "a\n b",
        "a \nb",
        "\ta",
        "a\tb",
        "---",
        "...",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "\u{1f600}",
        "\r\n",
        "\0",
        "\u{7f}",
        "'",
        "\"",
        "\\",
        "*a",
        "&a",
        "!a",
        "[a",
        "a, b",
    ];
    prop_oneof![prop::sample::select(hard.to_vec()).prop_map(str::to_owned), ".{0,20}", "[ -~\n]{0,60}", "[a-z]{1,8}"]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        ((i64::MAX as u64 + 1)..=u64::MAX).prop_map(Value::UInt),
        // A float without a fraction is written as Go does, and comes back as an integer.
        any::<f64>().prop_filter("has a fraction", |f| f.is_finite() && f.fract() != 0.0).prop_map(Value::Float),
        text().prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::seq),
            prop::collection::vec((text(), inner), 0..5)
                .prop_map(|entries| Value::Map(entries.into_iter().collect::<Map>())),
        ]
    })
}

proptest! {
    #[test]
    fn yaml_v3_reads_back_what_we_write(value in value()) {
        let written = emit::to_string(&value);
        let source = Source::from_bytes("written.yaml", written.clone().into_bytes()).expect(&written);
        let document = documents(&source).next().expect("a document").expect(&written);
        let read = document.root().expect("a root").to_value().expect(&written);
        prop_assert_eq!(&read, &value, "{}", written);
    }

    #[test]
    fn a_hub_reads_back_the_texts_we_write(texts in prop::collection::vec((text(), text()), 0..5)) {
        let map: Map = texts.into_iter().collect();
        let written = emit::to_string(&Value::Map(map.clone()));
        let source = Source::from_text("written.yaml", written.clone());
        let read = hub_documents(&source).next().expect("a document").expect(&written).root().expect("a root").to_json().expect(&written);
        let read = read.as_object().expect("a map");
        prop_assert_eq!(read.len(), map.len());
        for (key, value) in &map {
            let key = key.as_str().expect("a text");
            prop_assert_eq!(read.get(key).and_then(|v| v.as_str()), value.as_str(), "{}", written);
        }
    }

    #[test]
    fn writing_what_was_read_changes_nothing(value in value()) {
        let once = emit::to_string(&value);
        let source = Source::from_text("once.yaml", once.clone());
        let document = documents(&source).next().expect("a document").expect(&once);
        let again = emit::to_string(&document.root().expect("a root").to_value().expect(&once));
        prop_assert_eq!(once, again);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), syntax in "([-?:,&*!|>'\"%@#{}\\[\\]a1~<\n \t]|---\n|: |- |\\\\x|!!int ){0,60}") {
        for text in [bytes, syntax.into_bytes()] {
            let Ok(source) = Source::from_bytes("any.yaml", text) else { continue };
            for document in documents(&source).flatten().chain(hub_documents(&source).flatten()) {
                if let Some(root) = document.root() {
                    let _ = (root.to_value(), root.to_json(), root.fields(), root.place());
                }
            }
        }
    }
}
