//! Which fields hold names of which other resources.
//!
//! The table of kustomize api 0.18 (`internal/konfig/builtinpluginconsts/namereference.go`). Most of it is one pattern,
//! the pod specification in every kind that has one, so it is kept as kinds times paths.

use std::borrow::Cow;

use super::field_spec::FieldSpec;

/// The kind whose name is meant, and who mentions it.
pub struct NameReference {
    pub group: &'static str,
    pub version: &'static str,
    pub kind: &'static str,
    pub referrers: Vec<FieldSpec>,
}

struct Row {
    /// Group, version and kind of what is named.
    target: (&'static str, &'static str, &'static str),
    /// Paths below the pod specification, and the kinds that have one.
    in_pods: (&'static [&'static str], &'static [Pod]),
    /// Group, version, kind and path of other referrers.
    others: &'static [(&'static str, &'static str, &'static str, &'static str)],
}

/// Version and kind of something with a pod specification, and where it is.
type Pod = (&'static str, &'static str, &'static str);

/// The whole table.
pub fn name_references() -> Vec<NameReference> {
    ROWS.iter()
        .map(|row| {
            let (paths, pods) = row.in_pods;
            let in_pods = pods.iter().flat_map(|(version, kind, prefix)| {
                paths.iter().map(move |path| FieldSpec {
                    path: Cow::Owned(format!("{prefix}/{path}")),
                    ..FieldSpec::of("", version, kind, "")
                })
            });
            let others =
                row.others.iter().map(|(group, version, kind, path)| FieldSpec::of(group, version, kind, path));
            let (group, version, kind) = row.target;
            NameReference { group, version, kind, referrers: in_pods.chain(others).collect() }
        })
        .collect()
}

const PODS: &[Pod] = &[
    ("v1", "Pod", "spec"),
    ("", "PodTemplate", "template/spec"),
    ("", "Deployment", "spec/template/spec"),
    ("", "ReplicaSet", "spec/template/spec"),
    ("", "DaemonSet", "spec/template/spec"),
    ("", "StatefulSet", "spec/template/spec"),
    ("", "Job", "spec/template/spec"),
    ("", "CronJob", "spec/jobTemplate/spec/template/spec"),
];

const PODS_2: &[Pod] = &[
    ("", "Pod", "spec"),
    ("", "StatefulSet", "spec/template/spec"),
    ("", "Deployment", "spec/template/spec"),
    ("", "ReplicationController", "spec/template/spec"),
    ("", "CronJob", "spec/jobTemplate/spec/template/spec"),
    ("", "Job", "spec/template/spec"),
    ("", "DaemonSet", "spec/template/spec"),
];

const ROWS: &[Row] = &[
    Row {
        target: ("", "", "Deployment"),
        in_pods: (&[], &[]),
        others: &[("", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name")],
    },
    Row {
        target: ("", "", "ReplicationController"),
        in_pods: (&[], &[]),
        others: &[("", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name")],
    },
    Row {
        target: ("", "", "ReplicaSet"),
        in_pods: (&[], &[]),
        others: &[("", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name")],
    },
    Row {
        target: ("", "", "StatefulSet"),
        in_pods: (&[], &[]),
        others: &[("", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name")],
    },
    Row {
        target: ("", "v1", "ConfigMap"),
        in_pods: (
            &[
                "volumes/configMap/name",
                "containers/env/valueFrom/configMapKeyRef/name",
                "initContainers/env/valueFrom/configMapKeyRef/name",
                "containers/envFrom/configMapRef/name",
                "initContainers/envFrom/configMapRef/name",
                "volumes/projected/sources/configMap/name",
            ],
            PODS,
        ),
        others: &[
            ("", "", "Node", "spec/configSource/configMap"),
            ("", "", "Role", "rules/resourceNames"),
            ("", "", "ClusterRole", "rules/resourceNames"),
            ("", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap"),
        ],
    },
    Row {
        target: ("", "v1", "Secret"),
        in_pods: (
            &[
                "volumes/secret/secretName",
                "containers/env/valueFrom/secretKeyRef/name",
                "initContainers/env/valueFrom/secretKeyRef/name",
                "containers/envFrom/secretRef/name",
                "initContainers/envFrom/secretRef/name",
                "imagePullSecrets/name",
                "volumes/projected/sources/secret/name",
            ],
            PODS,
        ),
        others: &[
            ("", "", "Ingress", "spec/tls/secretName"),
            ("", "", "Ingress", "metadata/annotations/ingress.kubernetes.io\\/auth-secret"),
            ("", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret"),
            ("", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret"),
            ("", "", "ServiceAccount", "imagePullSecrets/name"),
            ("", "", "StorageClass", "parameters/secretName"),
            ("", "", "StorageClass", "parameters/adminSecretName"),
            ("", "", "StorageClass", "parameters/userSecretName"),
            ("", "", "StorageClass", "parameters/secretRef"),
            ("", "", "Role", "rules/resourceNames"),
            ("", "", "ClusterRole", "rules/resourceNames"),
            ("serving.knative.dev", "v1", "Service", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
            ("", "", "PersistentVolume", "spec/azureFile/secretName"),
        ],
    },
    Row {
        target: ("", "v1", "Service"),
        in_pods: (&[], &[]),
        others: &[
            ("apps", "", "StatefulSet", "spec/serviceName"),
            ("", "", "Ingress", "spec/rules/http/paths/backend/serviceName"),
            ("", "", "Ingress", "spec/backend/serviceName"),
            ("", "", "Ingress", "spec/rules/http/paths/backend/service/name"),
            ("", "", "Ingress", "spec/defaultBackend/service/name"),
            ("apiregistration.k8s.io", "", "APIService", "spec/service/name"),
            ("admissionregistration.k8s.io", "", "ValidatingWebhookConfiguration", "webhooks/clientConfig/service"),
            ("admissionregistration.k8s.io", "", "MutatingWebhookConfiguration", "webhooks/clientConfig/service"),
        ],
    },
    Row {
        target: ("rbac.authorization.k8s.io", "", "Role"),
        in_pods: (&[], &[]),
        others: &[("rbac.authorization.k8s.io", "", "RoleBinding", "roleRef/name")],
    },
    Row {
        target: ("rbac.authorization.k8s.io", "", "ClusterRole"),
        in_pods: (&[], &[]),
        others: &[
            ("rbac.authorization.k8s.io", "", "RoleBinding", "roleRef/name"),
            ("rbac.authorization.k8s.io", "", "ClusterRoleBinding", "roleRef/name"),
        ],
    },
    Row {
        target: ("", "v1", "ServiceAccount"),
        in_pods: (&["serviceAccountName"], PODS_2),
        others: &[
            ("rbac.authorization.k8s.io", "", "RoleBinding", "subjects"),
            ("rbac.authorization.k8s.io", "", "ClusterRoleBinding", "subjects"),
        ],
    },
    Row {
        target: ("", "v1", "PersistentVolumeClaim"),
        in_pods: (&["volumes/persistentVolumeClaim/claimName"], PODS_2),
        others: &[],
    },
    Row {
        target: ("", "v1", "PersistentVolume"),
        in_pods: (&[], &[]),
        others: &[("", "", "PersistentVolumeClaim", "spec/volumeName"), ("", "", "ClusterRole", "rules/resourceNames")],
    },
    Row {
        target: ("storage.k8s.io", "v1", "StorageClass"),
        in_pods: (&[], &[]),
        others: &[
            ("", "", "PersistentVolume", "spec/storageClassName"),
            ("", "", "PersistentVolumeClaim", "spec/storageClassName"),
            ("", "", "StatefulSet", "spec/volumeClaimTemplates/spec/storageClassName"),
        ],
    },
    Row {
        target: ("scheduling.k8s.io", "v1", "PriorityClass"),
        in_pods: (&["priorityClassName"], PODS_2),
        others: &[],
    },
    Row {
        target: ("networking.k8s.io/v1", "v1", "IngressClass"),
        in_pods: (&[], &[]),
        others: &[("", "", "Ingress", "spec/ingressClassName")],
    },
    Row {
        target: ("admissionregistration.k8s.io", "", "ValidatingAdmissionPolicy"),
        in_pods: (&[], &[]),
        others: &[("admissionregistration.k8s.io", "", "ValidatingAdmissionPolicyBinding", "spec/policyName")],
    },
];
