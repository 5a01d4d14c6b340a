//! The order in which yaml.v3 writes the keys of a map.

use std::cmp::Ordering;

use super::Value;

/// Compares two keys in the natural order of yaml.v3 3.0.1 (`sorter.go`, `keyList.Less`): numbers and booleans by
/// value, then collections, then texts, then timestamps; in texts, digit runs by their number, letters after other characters — but before them when
/// they follow a digit.
pub fn natural(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => natural_text(a, b),
        _ => match (number(a), number(b)) {
            (Some(x), Some(y)) => x.total_cmp(&y).then_with(|| kind(a).cmp(&kind(b))),
            _ => kind(a).cmp(&kind(b)),
        },
    }
}

/// The order of Go's `reflect.Kind`; null stands where its interface does.
fn kind(value: &Value) -> u8 {
    match value {
        Value::Bool(_) => 1,
        Value::Int(_) => 2,
        Value::UInt(_) => 3,
        Value::Float(_) => 4,
        Value::Null => 5,
        Value::Map(_) => 6,
        Value::Seq(_) => 7,
        Value::Str(_) | Value::Binary(_) => 8,
        Value::Timestamp(_) => 9,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(b) => Some(f64::from(u8::from(*b))),
        Value::Int(i) => Some(*i as f64),
        Value::UInt(u) => Some(*u as f64),
        Value::Float(f) => Some(*f),
        _ => None,
    }
}

pub(super) fn natural_text(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        return compare(a.as_bytes(), b.as_bytes(), |c| char::from(*c));
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    compare(&a, &b, |c| *c)
}

fn compare<T: PartialEq>(a: &[T], b: &[T], char_of: impl Fn(&T) -> char) -> Ordering {
    let mut after_digit = false;
    for i in 0..a.len().min(b.len()) {
        let (x, y) = (char_of(&a[i]), char_of(&b[i]));
        if x == y {
            after_digit = x.is_numeric();
            continue;
        }
        let (x_letter, y_letter) = (x.is_alphabetic(), y.is_alphabetic());
        if x_letter && y_letter {
            return x.cmp(&y);
        }
        if x_letter || y_letter {
            let letter_first = if after_digit { x_letter } else { y_letter };
            return if letter_first { Ordering::Less } else { Ordering::Greater };
        }
        return digits(a, b, i, &char_of).unwrap_or_else(|| x.cmp(&y));
    }
    a.len().cmp(&b.len())
}

/// Both differ at `i` and neither is a letter there: compare the digit runs, those that began earlier included.
fn digits<T>(a: &[T], b: &[T], i: usize, char_of: &impl Fn(&T) -> char) -> Option<Ordering> {
    let (x, y) = (char_of(&a[i]), char_of(&b[i]));
    let (mut x_number, mut y_number) = (0i64, 0i64);
    if x == '0' || y == '0' {
        // A run of digits with a leading zero before `i` counts as if it began with 1, so that "100" < "1000".
        let zero_led = (0..i).rev().map(|j| char_of(&a[j])).take_while(|c| c.is_numeric()).any(|c| c != '0');
        if zero_led {
            (x_number, y_number) = (1, 1);
        }
    }
    let run = |side: &[T], start: i64| {
        let mut number = start;
        let mut len = 0;
        for c in side[i..].iter().map(char_of).take_while(|c| c.is_numeric()) {
            number = number.wrapping_mul(10).wrapping_add(i64::from(u32::from(c)) - i64::from(u32::from('0')));
            len += 1;
        }
        (number, len)
    };
    let (x_value, x_len) = run(a, x_number);
    let (y_value, y_len) = run(b, y_number);
    if x_value != y_value {
        return Some(x_value.cmp(&y_value));
    }
    if x_len != y_len {
        return Some(x_len.cmp(&y_len));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_texts_count_as_numbers() {
        let mut keys = ["b10", "b2", "a", "b", "B", "1", "10", "9", "_x", "a1b", "a1-", "x100", "x1000"];
        keys.sort_by(|a, b| natural_text(a, b));
        assert_eq!(keys, ["_x", "1", "9", "10", "B", "a", "a1b", "a1-", "b", "b2", "b10", "x100", "x1000"]);
    }

    #[test]
    fn other_types_come_before_texts() {
        let (int, text) = (Value::Int(5), Value::from("a"));
        assert_eq!(natural(&int, &text), Ordering::Less);
        assert_eq!(natural(&int, &Value::Null), Ordering::Less);
        assert_eq!(natural(&Value::Bool(true), &Value::Int(1)), Ordering::Less);
    }
}
