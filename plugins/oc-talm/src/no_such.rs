//! What to say when a CGU, or any in a namespace, is not there: most often a name was mistyped.

use std::collections::BTreeSet;

use ztp_common::cli::Failure;
use ztp_common::rollout::{Hub, Key, unreadable_cgu, unreadable_cgus};
use ztp_common::suggest::nearest;

use crate::words::{many, plain};

/// More are not named.
const MOST: usize = 3;

/// Why a CGU cannot be found, with those that may be meant. `from` are the flags that lead to the same hub.
pub fn no_such_cgu(name: &str, namespace: &str, hub: &Hub, from: &str) -> Failure {
    if let Some(why) = unreadable_cgu(hub, namespace, name) {
        return unreadable(namespace, name, why);
    }
    let failure = Failure::new(format!("there is no ClusterGroupUpgrade {name:?} in namespace {namespace:?}"));
    let meant = meant(name, namespace, hub);
    if meant.is_empty() {
        return failure.fix(format!("oc talm status{from} lists them"));
    }
    let shown: Vec<String> =
        meant.iter().take(MOST).map(|(namespace, name)| format!("{name} -n {namespace}")).collect();
    let more = meant.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" ({more} more: oc talm status{from})") } else { String::new() };
    failure.fix(format!("did you mean {}?{more}", shown.join(", or ")))
}

/// That a CGU is there and cannot be read.
pub fn unreadable(namespace: &str, name: &str, why: &str) -> Failure {
    let cgu = if namespace.is_empty() { name.to_owned() } else { format!("{namespace}/{name}") };
    Failure::new(format!("ClusterGroupUpgrade {} cannot be understood", plain(&cgu)))
        .because(plain(why))
        .fix("correct that field; oc explain cgu --recursive tells all types")
}

/// That a namespace has no CGU, and where there are some.
pub fn none_in(namespace: &str, hub: &Hub) -> String {
    let understood = hub.cgus.keys().map(|(namespace, _)| namespace.as_str());
    let of_all: Vec<&str> = understood.chain(unreadable_cgus(hub).map(|(namespace, ..)| namespace)).collect();
    let namespaces: BTreeSet<&str> = of_all.iter().copied().collect();
    let sentence = format!("no ClusterGroupUpgrades in namespace {namespace:?}");
    if namespaces.is_empty() {
        return format!("{sentence}, nor in any other");
    }
    let near = nearest(namespace, namespaces.iter().copied());
    let near = near.map(|near| format!("; did you mean -n {near}?")).unwrap_or_default();
    let elsewhere = many(namespaces.len(), "other namespace");
    format!("{sentence} ({} in {elsewhere}{near})", of_all.len())
}

/// The same name elsewhere, the most similar namespace alone if there is one; else the nearest name in the namespace,
/// else in all.
fn meant<'h>(name: &str, namespace: &str, hub: &'h Hub) -> Vec<&'h Key> {
    let elsewhere: Vec<&Key> = hub.cgus.keys().filter(|(_, known)| known == name).collect();
    let near = nearest(namespace, elsewhere.iter().map(|(place, _)| place.as_str()));
    if let Some(near) = near {
        return elsewhere.into_iter().filter(|(place, _)| place == near).collect();
    }
    if !elsewhere.is_empty() {
        return elsewhere;
    }
    let near = |here: bool| {
        let names = || hub.cgus.keys().filter(move |(place, _)| !here || place == namespace);
        let near = nearest(name, names().map(|(_, known)| known.as_str()))?;
        Some(names().filter(|(_, known)| known == near).collect())
    };
    near(true).or_else(|| near(false)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ztp_common::resource::ClusterGroupUpgrade;

    fn hub(keys: &[(&str, &str)]) -> Hub {
        let mut hub = Hub::default();
        for (namespace, name) in keys {
            hub.cgus.insert(((*namespace).to_owned(), (*name).to_owned()), ClusterGroupUpgrade::default());
        }
        hub
    }

    fn fix(name: &str, namespace: &str, keys: &[(&str, &str)]) -> String {
        no_such_cgu(name, namespace, &hub(keys), "").fix.unwrap_or_default()
    }

    #[test]
    fn the_nearest_namespace_is_meant_and_else_all_that_have_the_name() {
        let keys = [("abort", "cgu"), ("continue", "cgu"), ("soak", "cgu"), ("success", "cgu")];
        assert_eq!(fix("cgu", "succes", &keys), "did you mean cgu -n success?");
        assert_eq!(
            fix("cgu", "x", &keys),
            "did you mean cgu -n abort, or cgu -n continue, or cgu -n soak? (1 more: oc talm status)"
        );
    }

    #[test]
    fn one_that_cannot_be_understood_is_not_missing() {
        let mut hub = hub(&[]);
        hub.unreadable.push("ClusterGroupUpgrade fleet/a cannot be understood: invalid type: string".to_owned());
        let failure = no_such_cgu("a", "fleet", &hub, "");
        assert_eq!(failure.message, "ClusterGroupUpgrade fleet/a cannot be understood");
        assert_eq!(failure.reasons, ["invalid type: string"]);
    }

    #[test]
    fn a_slip_is_understood() {
        let keys = [("fleet", "du-4-20"), ("other", "du-4-20")];
        assert_eq!(fix("du-4-21", "fleet", &keys), "did you mean du-4-20 -n fleet?");
        assert_eq!(fix("something-else", "fleet", &keys), "oc talm status lists them");
    }

    #[test]
    fn a_namespace_without_any_is_told_with_those_that_have_some() {
        let keys = [("fleet", "a"), ("fleet", "b"), ("other", "a")];
        assert_eq!(
            none_in("flet", &hub(&keys)),
            "no ClusterGroupUpgrades in namespace \"flet\" (3 in 2 other namespaces; did you mean -n fleet?)"
        );
        assert_eq!(none_in("flet", &hub(&[])), "no ClusterGroupUpgrades in namespace \"flet\", nor in any other");
    }
}
