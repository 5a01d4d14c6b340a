//! Values of an overlay that change nothing, though they look as if they removed something.

use super::Spot;
use crate::finding::Finding;
use crate::yaml::Value;

/// `policy/overlay-without-effect`
pub fn check(spot: &Spot<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(source) = spot.source else { return };
    let fact = match source {
        Value::Null => return,
        Value::Str(text) if text.is_empty() || text.starts_with('$') => return,
        _ if spot.overlay.is_null() => format!("null does not remove {} of the source CR", spot.path),
        Value::Seq(items) if matches!(items.first(), Some(Value::Map(_))) && is_empty_list(spot) => {
            format!("[] does not empty the list {} of the source CR", spot.path)
        }
        _ => return,
    };
    findings.push(
        Finding::warning("policy/overlay-without-effect", fact)
            .at(spot.overlay.place())
            .note("an overlay can add and change, but not remove; what the source CR says stays")
            .fix("use a copy of the source CR without it, in source-crs beside the kustomization"),
    );
}

fn is_empty_list(spot: &Spot<'_, '_>) -> bool {
    spot.overlay.is_seq() && spot.overlay.items().next().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn nothing_is_removed() {
        let source =
            "kind: A\nmetadata: {name: a}\nspec: {x: 1, open: $x, list: [{a: 1}], plain: [1], inner: {y: 2}}\n";
        let run = |overlay: &str| found(source, &format!("    spec:\n      {overlay}\n")).len();
        assert_eq!(run("x: null"), 1);
        assert_eq!(run("list: []"), 1);
        assert_eq!(run("inner: {y: ~}"), 1);
        assert_eq!(run("open: null"), 0);
        assert_eq!(run("plain: []"), 0);
        assert_eq!(run("new: null"), 0);
    }
}
