//! Findings about policies that take several files or CRs to see.

use super::rule::{Rule, rule};
use crate::finding::Level::{Error, Info, Warning};

const TALM: &str = "TALM 4.20, `clustergroupupgrade_controller.go`";
const TEMPLATES: &str = "ACM 2.13, template processing; stolostron/go-template-utils";

pub const RULES: &[Rule] = &[
    rule(
        "policy/bad-value",
        Error,
        [
            "complianceType or remediationAction has a value that does not exist",
            "use musthave, mustonlyhave or mustnothave; inform or enforce",
            "The generator copies the text unchecked. The schema of Policy and ConfigurationPolicy allows only certain values, so Argo CD cannot apply the policy.",
        ],
        "schemas of Policy and ConfigurationPolicy, ACM 2.13",
    ),
    rule(
        "policy/conflicting-object",
        Warning,
        [
            "two policies of one cluster want different values in one field of one object",
            "set the field in one of the policies, or give the object another name",
            "Each policy controller sees the other's value as a violation and changes it back, for as long as both are enforced; a ClusterGroupUpgrade with both never ends. Policies that set different fields of an object are fine, and lists are not compared, since musthave merges them; neither are policies without a deploy wave, which are steps rolled out one after the other.",
        ],
        "ACM configuration policy controller, complianceType musthave",
    ),
    rule(
        "policy/crd-same-wave",
        Warning,
        [
            "a CR is rolled out with or before the CustomResourceDefinition of its kind",
            "give the CustomResourceDefinition a policy with an earlier wave",
            "Until the API server knows the kind, the policy of the CR is in violation with a mapping error. It usually recovers, but the time counts against the rollout.",
        ],
        "annotation ran.openshift.io/ztp-deploy-wave; ACM configuration policy controller",
    ),
    rule(
        "policy/dot-in-name",
        Info,
        [
            "the name of a policy has a dot",
            "write a dash for the dot",
            "The copy of a policy on a cluster is called namespace.name. Namespaces have no dots, so the first one divides the two, but ACM before 2.8 and many a script split elsewhere; then the policy gets no status. As information only: later releases of ACM have no trouble with it, and the reference of 4.14 has such names itself.",
        ],
        "open-cluster-management-io/governance-policy-propagator, pull request 82",
    ),
    rule(
        "policy/duplicate-name",
        Warning,
        [
            "policies of one name are in two namespaces",
            "give one of them another name",
            "A ClusterGroupUpgrade lists policies by name without a namespace. When policies of one name reach a selected cluster from two namespaces, TALM reports AmbiguousManagedPoliciesNames and does nothing, even when the ClusterGroupUpgrade does not list them.",
        ],
        TALM,
    ),
    rule(
        "policy/enforce",
        Warning,
        [
            "a policy is enforced without TALM",
            "use remediationAction: inform",
            "An enforced policy changes all its clusters as soon as Argo CD syncs it. TALM leaves enforced policies out of every ClusterGroupUpgrade without a word, so batches, canaries, waves and maintenance windows do not apply to it.",
        ],
        TALM,
    ),
    rule(
        "policy/hub-template",
        Error,
        [
            "a hub template cannot be parsed",
            "write each action as {{hub … hub}} and use the functions of ACM",
            "The hub resolves hub templates before it copies a policy to a cluster. When a delimiter is missing or a function is not known, the copy is marked with hub-templates-error and TALM refuses the policy.",
        ],
        TEMPLATES,
    ),
    rule(
        "policy/hub-template-config-map",
        Warning,
        [
            "a hub template reads a ConfigMap that is not in the repository, where one of nearly the same name is",
            "correct the name",
            "A hub template that reads a missing ConfigMap fails, and with it the whole policy. ConfigMaps whose names resemble none of the repository are taken to come from elsewhere.",
        ],
        TEMPLATES,
    ),
    rule(
        "policy/hub-template-namespace",
        Error,
        [
            "a hub template reads from a namespace other than that of its policy",
            "write \"\" for the namespace and put the object into the namespace of the policy",
            "Unless the policy names a service account for hub templates, which a PolicyGenTemplate cannot, the hub lets templates read only from the namespace of the policy.",
        ],
        TEMPLATES,
    ),
    rule(
        "policy/namespace-project",
        Info,
        [
            "the namespace of a policy does not begin with ztp",
            "use a namespace that begins with ztp, or allow this one in the AppProject",
            "In the reference Argo CD may write policies to namespaces called ztp* and to policies-sub. Elsewhere the sync fails, unless the project was changed. Said only where other policies of the repository keep to it.",
        ],
        "ZTP 4.20 reference, `argocd/deployment/policies-app-project.yaml`",
    ),
    rule(
        "policy/namespace-reserved",
        Warning,
        [
            "a policy is in a namespace that belongs to TALM or to a cluster",
            "use a namespace of your own that begins with ztp-",
            "The namespace of a cluster holds ACM's copies of policies: a policy written there is taken for a copy whose original is gone. ztp-install holds the ClusterGroupUpgrades that TALM makes for new clusters.",
        ],
        "ACM governance, replicated policies; TALM 4.20, `managedclusterForCGU_controller.go`",
    ),
    rule(
        "policy/namespace-unmanaged",
        Warning,
        [
            "no manifest makes the namespace of a policy, although the repository makes others",
            "add the Namespace to the resources of the kustomization",
            "Argo CD does not make the namespaces of policies. Said only where the repository has a Namespace for some of its policies, and not for namespaces that every hub has.",
        ],
        "ZTP 4.20 reference, policygentemplates/ns.yaml",
    ),
    rule(
        "policy/subscription-order",
        Warning,
        [
            "a Subscription comes without, or before, its namespace or operator group",
            "put Namespace and OperatorGroup into the same wave or an earlier one",
            "OLM resolves a Subscription only in a namespace that exists and has an operator group; until then the policy cannot become compliant and the rollout waits for its timeout. Asked only of PolicyGenTemplates that make a namespace or operator group themselves, and not for openshift-operators, where OpenShift has both.",
        ],
        "OLM, operator groups; ZTP 4.20 reference, common-ranGen.yaml",
    ),
    rule(
        "policy/wave-invalid",
        Error,
        [
            "a deploy wave is no whole number",
            "write a whole number in quotes",
            "TALM turns the wave of every policy of a new cluster into a number before it makes the ClusterGroupUpgrade. One that is none is an error, and the cluster gets no ClusterGroupUpgrade at all.",
        ],
        "TALM 4.20, `managedclusterForCGU_controller.go`",
    ),
    rule(
        "policy/wave-missing",
        Warning,
        [
            "a policy has no deploy wave, though others beside it have one",
            "annotate the source CR, or the overlay of one entry of the policy, with ran.openshift.io/ztp-deploy-wave",
            "TALM puts only policies with a wave into the ClusterGroupUpgrade of a new cluster. The others stay non-compliant until somebody rolls them out. Own source CRs often lack the annotation. A PolicyGenTemplate without any wave is taken for steps that are rolled out by hand, which is said as information only.",
        ],
        "TALM 4.20, `managedclusterForCGU_controller.go`",
    ),
];
