//! One CGU as people name it: NAME, NAMESPACE/NAME as reports print it, or cgu/NAME as kubectl does.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use ztp_common::cli::Failure;
use ztp_common::resource::ClusterGroupUpgrade;

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

/// A name, and the namespace if it was written before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CguName {
    namespace: Option<String>,
    /// The name alone.
    pub name: String,
}

impl CguName {
    /// The namespace: written before the name, given by the flag, or that of the context.
    ///
    /// # Errors
    /// Two different ones were given.
    pub fn namespace<'a>(&'a self, flag: Option<&'a str>, facts: &'a Facts) -> Result<&'a str, Failure> {
        match (self.namespace.as_deref(), flag) {
            (Some(written), Some(flag)) if written != flag => {
                Err(Failure::new(format!("{written}/{} is not in namespace {flag:?}", self.name))
                    .fix("give the namespace before the name, or with -n"))
            }
            (Some(written), _) => Ok(written),
            (None, flag) => Ok(flag.unwrap_or_else(|| facts.default_namespace())),
        }
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
            Some((kind, name)) if KINDS.contains(&kind.split('.').next().unwrap_or(kind)) => {
                Self { namespace: None, name: name.to_owned() }
            }
            Some((namespace, name)) => Self { namespace: Some(namespace.to_owned()), name: name.to_owned() },
            None => Self { namespace: None, name: text.to_owned() },
        })
    }
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
        let read = |text: &str| {
            let Ok(named) = text.parse::<CguName>();
            (named.namespace.unwrap_or_default(), named.name)
        };
        let is = |namespace: &str, name: &str| (namespace.to_owned(), name.to_owned());
        assert_eq!(read("du-4-20"), is("", "du-4-20"));
        assert_eq!(read("ztp-group/du-4-20"), is("ztp-group", "du-4-20"));
        assert_eq!(read("cgu/du-4-20"), is("", "du-4-20"));
        assert_eq!(read("clustergroupupgrade.ran.openshift.io/du-4-20"), is("", "du-4-20"));
    }
}
