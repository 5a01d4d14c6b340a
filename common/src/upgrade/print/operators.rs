//! Operators that an image-based upgrade needs: Lifecycle Agent and OADP, for the command line and for GitOps.
//!
//! Names as in the ZTP source CRs (openshift-kni/cnf-features-deploy `ztp/source-crs`).

use serde_json::{Value as Json, json};

use super::value::value;
use crate::yaml::Value;

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Lifecycle Agent.
    LifecycleAgent,
    /// OADP, which works with Velero.
    Oadp,
}

/// What the objects are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// To apply at once.
    Cli,
    /// For policies: with deploy waves, and install plans left to TALM.
    GitOps,
}

impl Operator {
    fn package(self) -> &'static str {
        match self {
            Self::LifecycleAgent => "lifecycle-agent",
            Self::Oadp => "redhat-oadp-operator",
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            Self::LifecycleAgent => "openshift-lifecycle-agent",
            Self::Oadp => "openshift-adp",
        }
    }

    /// The channel when nobody says.
    pub fn default_channel(self) -> &'static str {
        match self {
            Self::LifecycleAgent => "stable",
            Self::Oadp => "stable-1.4",
        }
    }
}

/// Namespace, OperatorGroup and Subscription of an operator.
pub fn install(operator: Operator, form: Form, channel: &str, catalog: &str) -> Vec<Value> {
    let (name, namespace) = (operator.package(), operator.namespace());
    let metadata = |name: &str, namespace: Option<&str>, mut annotations: serde_json::Map<String, Json>| {
        if form == Form::GitOps {
            annotations.insert("ran.openshift.io/ztp-deploy-wave".into(), "2".into());
        }
        let mut metadata = json!({"name": name});
        if let Some(namespace) = namespace {
            metadata["namespace"] = namespace.into();
        }
        if !annotations.is_empty() {
            metadata["annotations"] = annotations.into();
        }
        metadata
    };
    let mut of_namespace = serde_json::Map::new();
    // OADP works only during upgrades and stays off the reserved cores.
    if operator == Operator::LifecycleAgent {
        of_namespace.insert("workload.openshift.io/allowed".into(), "management".into());
    }
    let mut subscription = json!({
        "channel": channel, "name": name, "source": catalog, "sourceNamespace": "openshift-marketplace",
    });
    if form == Form::GitOps {
        subscription["installPlanApproval"] = "Manual".into();
    }
    let plain = serde_json::Map::new;
    let objects = [
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata(namespace, None, of_namespace)}),
        json!({
            "apiVersion": "operators.coreos.com/v1", "kind": "OperatorGroup",
            "metadata": metadata(name, Some(namespace), plain()),
            "spec": {"targetNamespaces": [namespace]},
        }),
        json!({
            "apiVersion": "operators.coreos.com/v1alpha1", "kind": "Subscription",
            "metadata": metadata(name, Some(namespace), plain()),
            "spec": subscription,
        }),
    ];
    objects.into_iter().map(value).collect()
}

/// The ZTP source CRs for an operator, in the order of their waves.
pub fn source_crs(operator: Operator) -> &'static [&'static str] {
    match operator {
        Operator::LifecycleAgent => &[
            "LcaSubscriptionNS.yaml",
            "LcaSubscriptionOperGroup.yaml",
            "LcaSubscription.yaml",
            "LcaOperatorStatus.yaml",
        ],
        Operator::Oadp => &[
            "OadpSubscriptionNS.yaml",
            "OadpSubscriptionOperGroup.yaml",
            "OadpSubscription.yaml",
            "OadpOperatorStatus.yaml",
            "OadpSecret.yaml",
            "OadpDataProtectionApplication.yaml",
            "OadpBackupStorageLocationStatus.yaml",
        ],
    }
}

/// Where backups go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupLocation {
    /// Address of the object storage.
    pub s3_url: String,
    /// Its region.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// The folder in it. Bucket and prefix together must be unique per target.
    pub prefix: String,
    /// Secret with the key `cloud`, in openshift-adp.
    pub secret: String,
}

/// The DataProtectionApplication with the fields that an image-based upgrade needs: file-system backup off, one
/// default location.
pub fn data_protection_application(form: Form, location: &BackupLocation) -> Value {
    let mut metadata = json!({"name": "dataprotectionapplication", "namespace": "openshift-adp"});
    if form == Form::GitOps {
        metadata["annotations"] = json!({"ran.openshift.io/ztp-deploy-wave": "100"});
    }
    value(json!({
        "apiVersion": "oadp.openshift.io/v1alpha1",
        "kind": "DataProtectionApplication",
        "metadata": metadata,
        "spec": {
            "configuration": {
                "restic": {"enable": false},
                "velero": {"defaultPlugins": ["aws", "openshift"], "resourceTimeout": "10m"},
            },
            "backupLocations": [{"velero": {
                "provider": "aws",
                "default": true,
                "credential": {"key": "cloud", "name": location.secret},
                "config": {
                    "profile": "default", "region": location.region, "s3Url": location.s3_url,
                    "insecureSkipTLSVerify": "false", "s3ForcePathStyle": "true",
                },
                "objectStorage": {"bucket": location.bucket, "prefix": location.prefix},
            }}],
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_gitops_has_waves_and_manual_approval() {
        let wave = |v: &Value| v.at(&["metadata", "annotations", "ran.openshift.io/ztp-deploy-wave"]).is_some();
        assert!(install(Operator::Oadp, Form::GitOps, "stable-1.4", "redhat-operators").iter().all(wave));
        let cli = install(Operator::Oadp, Form::Cli, "stable-1.4", "redhat-operators");
        assert!(!cli.iter().any(wave));
        assert_eq!(cli[2].at(&["spec", "installPlanApproval"]), None);
    }
}
