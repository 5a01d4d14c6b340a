//! Lists of CPUs as the kernel and kubelet write them: `0-1,52-53`.

use std::collections::BTreeSet;

use crate::yaml::Value;

/// No machine of this kind has more.
const MOST: u32 = 4096;

/// The CPUs of a list. Nothing for placeholders and templates, and for what is no list.
pub fn parse(text: &str) -> Option<BTreeSet<u32>> {
    let mut set = BTreeSet::new();
    for part in text.trim().split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (u32, u32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        if first > last || last >= MOST {
            return None;
        }
        set.extend(first..=last);
    }
    Some(set)
}

/// The CPUs of a field, which may be a number when there is only one.
pub fn of(value: Option<&Value>) -> Option<BTreeSet<u32>> {
    match value? {
        Value::Str(text) => parse(text),
        Value::Int(cpu) => parse(&cpu.to_string()),
        _ => None,
    }
}

/// A list again.
pub fn shown(set: &BTreeSet<u32>) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for cpu in set {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == *cpu => *last = *cpu,
            _ => parts.push((*cpu, *cpu)),
        }
    }
    let part = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    parts.iter().map(part).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_and_written() {
        assert_eq!(parse("0-1,52-53, 2").map(|set| shown(&set)).as_deref(), Some("0-2,52-53"));
        for bad in ["$isolated", "5-3", "", "0-99999999", "{{hub x hub}}"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
