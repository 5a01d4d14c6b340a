//! Which lists of built-in kinds a strategic merge patch merges item by item, and by which keys.
//!
//! The part of the Kubernetes 1.21 schema of kyaml 0.18 (`openapi/kubernetesapi`, `x-kubernetes-patch-strategy`,
//! `x-kubernetes-patch-merge-key`, `x-kubernetes-list-map-keys`) that leads to such lists. Custom resources have no
//! schema: their lists are replaced.

use super::id::Gvk;

/// A type of the schema, by its name without the package.
pub type Type = &'static str;

/// A field that a patch treats specially or that leads to one.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    /// The type of its value or of its items; "" for one without such fields.
    pub of: Type,
    /// `Some` for a list that is merged: by these keys, or as a set of scalars when there are none.
    pub merged_by: Option<&'static [&'static str]>,
}

const fn to(name: &'static str, of: Type) -> Field {
    Field { name, of, merged_by: None }
}

const fn by(name: &'static str, keys: &'static [&'static str], of: Type) -> Field {
    Field { name, of, merged_by: Some(keys) }
}

/// The type of a resource; `None` for kinds without schema.
pub fn type_of(gvk: &Gvk) -> Option<Type> {
    let found = KINDS.iter().find(|(group, versions, kind, _)| {
        *group == gvk.group && *kind == gvk.kind && versions.contains(&gvk.version.as_str())
    });
    found.map(|(.., of)| *of)
}

/// A field of a type.
pub fn field(of: Type, name: &str) -> Option<Field> {
    let known = |of: Type| TYPES.iter().find(|(t, _)| *t == of).map_or(&[][..], |(_, fields)| *fields);
    let own = known(of).iter().find(|f| f.name == name);
    let shared = || (name == "metadata" && KINDS.iter().any(|(.., t)| *t == of)).then_some(&METADATA);
    own.or_else(shared).copied()
}

const METADATA: Field = to("metadata", "ObjectMeta");

const KINDS: &[(&str, &[&str], &str, Type)] = &[
    ("admissionregistration.k8s.io", &["v1", "v1beta1"], "MutatingWebhookConfiguration", "Webhooks"),
    ("admissionregistration.k8s.io", &["v1", "v1beta1"], "ValidatingWebhookConfiguration", "Webhooks"),
    ("apiregistration.k8s.io", &["v1", "v1beta1"], "APIService", "WithConditions"),
    ("apps", &["v1"], "ControllerRevision", "Plain"),
    ("apps", &["v1"], "DaemonSet", "Workload"),
    ("apps", &["v1"], "Deployment", "Workload"),
    ("apps", &["v1"], "ReplicaSet", "Workload"),
    ("apps", &["v1"], "StatefulSet", "Workload"),
    ("autoscaling", &["v1", "v2beta1", "v2beta2"], "HorizontalPodAutoscaler", "Plain"),
    ("batch", &["v1"], "Job", "Workload"),
    ("batch", &["v1", "v1beta1"], "CronJob", "CronJob"),
    ("networking.k8s.io", &["v1", "v1beta1"], "Ingress", "Plain"),
    ("networking.k8s.io", &["v1"], "NetworkPolicy", "Plain"),
    ("policy", &["v1", "v1beta1"], "PodDisruptionBudget", "WithConditions"),
    ("rbac.authorization.k8s.io", &["v1", "v1beta1"], "ClusterRole", "Plain"),
    ("rbac.authorization.k8s.io", &["v1", "v1beta1"], "ClusterRoleBinding", "Plain"),
    ("rbac.authorization.k8s.io", &["v1", "v1beta1"], "Role", "Plain"),
    ("rbac.authorization.k8s.io", &["v1", "v1beta1"], "RoleBinding", "Plain"),
    ("storage.k8s.io", &["v1", "v1beta1"], "CSINode", "CSINode"),
    ("storage.k8s.io", &["v1", "v1beta1"], "StorageClass", "Plain"),
    ("", &["v1"], "ConfigMap", "Plain"),
    ("", &["v1"], "Endpoints", "Plain"),
    ("", &["v1"], "LimitRange", "Plain"),
    ("", &["v1"], "Namespace", "WithConditions"),
    ("", &["v1"], "Node", "Node"),
    ("", &["v1"], "PersistentVolume", "Plain"),
    ("", &["v1"], "PersistentVolumeClaim", "WithConditions"),
    ("", &["v1"], "Pod", "Pod"),
    ("", &["v1"], "PodTemplate", "PodTemplate"),
    ("", &["v1"], "ReplicationController", "Workload"),
    ("", &["v1"], "ResourceQuota", "Plain"),
    ("", &["v1"], "Secret", "Plain"),
    ("", &["v1"], "Service", "Service"),
    ("", &["v1"], "ServiceAccount", "ServiceAccount"),
];

const CONTAINER: &[Field] = &[
    by("env", &["name"], ""),
    by("ports", &["containerPort", "protocol"], ""),
    by("volumeDevices", &["devicePath"], ""),
    by("volumeMounts", &["mountPath"], ""),
];

const TYPES: &[(Type, &[Field])] = &[
    ("ObjectMeta", &[by("finalizers", &[], ""), by("ownerReferences", &["uid"], "")]),
    ("Webhooks", &[by("webhooks", &["name"], "")]),
    ("WithConditions", &[to("status", "Conditions")]),
    ("Conditions", &[by("conditions", &["type"], "")]),
    ("Workload", &[to("spec", "WorkloadSpec"), to("status", "Conditions")]),
    ("WorkloadSpec", &[to("template", "PodTemplateSpec")]),
    ("CronJob", &[to("spec", "CronJobSpec")]),
    ("CronJobSpec", &[to("jobTemplate", "JobTemplateSpec")]),
    ("JobTemplateSpec", &[METADATA, to("spec", "WorkloadSpec")]),
    ("CSINode", &[to("spec", "CSINodeSpec")]),
    ("CSINodeSpec", &[by("drivers", &["name"], "")]),
    ("Node", &[to("spec", "NodeSpec"), to("status", "NodeStatus")]),
    ("NodeSpec", &[by("podCIDRs", &[], "")]),
    ("NodeStatus", &[by("addresses", &["type"], ""), by("conditions", &["type"], "")]),
    ("Pod", &[to("spec", "PodSpec"), to("status", "PodStatus")]),
    ("PodStatus", &[by("conditions", &["type"], ""), by("podIPs", &["ip"], "")]),
    ("PodTemplate", &[to("template", "PodTemplateSpec")]),
    ("PodTemplateSpec", &[METADATA, to("spec", "PodSpec")]),
    (
        "PodSpec",
        &[
            by("containers", &["name"], "Container"),
            by("ephemeralContainers", &["name"], "Container"),
            by("hostAliases", &["ip"], ""),
            by("imagePullSecrets", &["name"], ""),
            by("initContainers", &["name"], "Container"),
            by("topologySpreadConstraints", &["topologyKey", "whenUnsatisfiable"], ""),
            by("volumes", &["name"], ""),
        ],
    ),
    ("Container", CONTAINER),
    ("Service", &[to("spec", "ServiceSpec"), to("status", "Conditions")]),
    ("ServiceSpec", &[by("ports", &["port", "protocol"], "")]),
    ("ServiceAccount", &[by("secrets", &["name"], "")]),
];
