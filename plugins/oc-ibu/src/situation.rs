//! How things stand on one live cluster before something is changed.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use ztp_common::api::ApiError;
use ztp_common::cli::Failure;
use ztp_common::upgrade::annotation::DISABLE_AUTO_IMPORT;
use ztp_common::upgrade::assess::{Known, Report};
use ztp_common::upgrade::kinds;
use ztp_common::upgrade::object::{ImageBasedUpgrade, NAME};

use crate::facts::printable;
use crate::target::Target;

/// The upgrade of a cluster as it is now.
pub struct Situation {
    /// The ImageBasedUpgrade as the API hands it out.
    pub object: Value,
    /// The same, read.
    pub ibu: ImageBasedUpgrade,
    /// What it means.
    pub report: Report,
    /// The release that runs.
    pub release: Option<String>,
    /// Whether the hub is kept from importing the cluster again; `None` without a hub.
    pub import_disabled: Option<bool>,
}

impl Situation {
    /// Asks the cluster, and the hub if there is one.
    ///
    /// # Errors
    /// There is no ImageBasedUpgrade, or the cluster cannot answer.
    pub fn gather(target: &Target) -> Result<Self, Failure> {
        let Some(object) = target.server.get(kinds::IBU, "", NAME)? else {
            return Err(Failure::new(format!("{} has no ImageBasedUpgrade", target.title()))
                .because("the Lifecycle Agent makes it when it starts")
                .fix("oc get pods -n openshift-lifecycle-agent; to install it: oc ibu operators"));
        };
        let ibu = ImageBasedUpgrade::deserialize(printable(object.clone())).map_err(|error| {
            Failure::new(format!("cannot read the ImageBasedUpgrade of {}", target.title())).because(error)
        })?;
        let version = optional(target.server.get(kinds::CLUSTER_VERSION, "", "version"))?;
        let release = version.as_ref().and_then(|v| v.pointer("/status/desired/version")?.as_str()).map(str::to_owned);
        let managed = optional(target.managed())?;
        let annotated =
            |o: &Value| o.pointer("/metadata/annotations").is_some_and(|a| a.get(DISABLE_AUTO_IMPORT).is_some());
        let known = Known { cluster: target.argument(), cluster_version: release.as_deref() };
        let report = Report::assess(&ibu, known, Timestamp::now());
        Ok(Self { object, ibu, report, release, import_disabled: managed.as_ref().map(annotated) })
    }
}

/// What may not be read is not known.
fn optional(answer: Result<Option<Value>, ApiError>) -> Result<Option<Value>, ApiError> {
    answer.or_else(|error| if error.is_forbidden() { Ok(None) } else { Err(error) })
}
