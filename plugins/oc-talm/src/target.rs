//! One CGU as people name it: NAME, NAMESPACE/NAME as reports print it, or cgu/NAME as kubectl does.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use ztp_common::cli::Failure;
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::Hub;

use crate::candidates;
use crate::facts::Facts;
use crate::no_such::no_such_cgu;

/// What kubectl calls the kind, without its group.
const KINDS: [&str; 3] = ["cgu", "clustergroupupgrade", "clustergroupupgrades"];

/// A CGU that must be there.
#[derive(Args, Debug)]
pub struct Target {
    /// Name of the CGU
    #[arg(add = ArgValueCompleter::new(candidates::cgus))]
    pub name: CguName,
    /// Namespace of the CGU
    #[arg(short, long, value_name = "NAMESPACE", add = ArgValueCompleter::new(candidates::namespaces))]
    pub namespace: Option<String>,
}

impl Target {
    /// Its namespace.
    ///
    /// # Errors
    /// The name and the flag contradict each other.
    pub fn namespace<'a>(&'a self, facts: &'a Facts) -> Result<&'a str, Failure> {
        self.name.namespace(self.namespace.as_deref(), facts)
    }

    /// The CGU, as the facts have it.
    ///
    /// # Errors
    /// It is not there.
    pub fn cgu<'f>(&self, facts: &'f Facts) -> Result<&'f ClusterGroupUpgrade, Failure> {
        self.name.cgu(self.namespace.as_deref(), facts)
    }
}

/// A name, and what was written before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CguName {
    prefix: Option<String>,
    /// The name alone.
    pub name: String,
}

impl CguName {
    /// The namespace: written before the name, given by the flag, or that of the context.
    ///
    /// # Errors
    /// Two different ones were given.
    pub fn namespace<'a>(&'a self, flag: Option<&'a str>, facts: &'a Facts) -> Result<&'a str, Failure> {
        Ok(self.given(flag, &facts.hub)?.unwrap_or_else(|| facts.default_namespace()))
    }

    /// The namespace that was written before the name or given by the flag.
    ///
    /// # Errors
    /// Two different ones were given.
    pub fn given<'a>(&'a self, flag: Option<&'a str>, hub: &Hub) -> Result<Option<&'a str>, Failure> {
        match (self.written(hub), flag) {
            (Some(written), Some(flag)) if written != flag => {
                Err(Failure::new(format!("{written}/{} is not in namespace {flag:?}", self.name))
                    .fix("give the namespace before the name, or with -n"))
            }
            (written, flag) => Ok(written.or(flag)),
        }
    }

    /// What stands before the name, unless it is the kind. A namespace may be called like it.
    fn written(&self, hub: &Hub) -> Option<&str> {
        let is_kind = |prefix: &str| KINDS.contains(&prefix.split('.').next().unwrap_or(prefix));
        let is_there = |prefix: &str| hub.cgu(prefix, &self.name).is_some();
        self.prefix.as_deref().filter(|prefix| !is_kind(prefix) || is_there(prefix))
    }

    /// The CGU, as the facts have it.
    ///
    /// # Errors
    /// It is not there.
    pub fn cgu<'f>(&self, flag: Option<&str>, facts: &'f Facts) -> Result<&'f ClusterGroupUpgrade, Failure> {
        let namespace = self.namespace(flag, facts)?;
        facts
            .hub
            .cgu(namespace, &self.name)
            .ok_or_else(|| no_such_cgu(&self.name, namespace, &facts.hub, facts.argument()))
    }
}

impl FromStr for CguName {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.split_once('/') {
            Some((prefix, name)) => Self { prefix: Some(prefix.to_owned()), name: name.to_owned() },
            None => Self { prefix: None, name: text.to_owned() },
        })
    }
}

/// A name for something new, by itself.
///
/// # Errors
/// A namespace stands before it.
pub fn bare_name(text: &str) -> Result<String, String> {
    if text.contains('/') {
        return Err(format!("{text:?} is more than a name; it is made in the namespace of the old one"));
    }
    Ok(text.to_owned())
}

impl fmt::Display for CguName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_reports_and_kubectl_write_it() {
        let mut hub = Hub::default();
        hub.cgus.insert(("cgu".to_owned(), "mine".to_owned()), ClusterGroupUpgrade::default());
        let read = |text: &str, flag: Option<&str>| {
            let Ok(name) = text.parse::<CguName>();
            let namespace = name.given(flag, &hub).map(|found| found.unwrap_or_default().to_owned());
            (namespace.unwrap_or_else(|failure| failure.message), name.name)
        };
        let is = |namespace: &str, name: &str| (namespace.to_owned(), name.to_owned());
        assert_eq!(read("du-4-20", None), is("", "du-4-20"));
        assert_eq!(read("ztp-group/du-4-20", None), is("ztp-group", "du-4-20"));
        assert_eq!(read("ztp-group/du-4-20", Some("x")), is("ztp-group/du-4-20 is not in namespace \"x\"", "du-4-20"));
        assert_eq!(read("cgu/du-4-20", Some("x")), is("x", "du-4-20"));
        assert_eq!(read("clustergroupupgrade.ran.openshift.io/du-4-20", None), is("", "du-4-20"));
        assert_eq!(read("cgu/mine", None), is("cgu", "mine"), "a namespace may be called like the kind");
    }
}
