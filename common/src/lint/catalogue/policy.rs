//! Findings about PolicyGenTemplates and the policies they make.

use super::rule::{Rule, rule};
use crate::finding::Level::{Error, Warning};

const BUILDER: &str = "ZTP 4.20 PolicyGenTemplate generator, `policyBuilder.go`";

pub const RULES: &[Rule] = &[
    rule(
        "policy/binding-contradiction",
        Error,
        [
            "a label is both in bindingRules and, with the same or an empty value, in bindingExcludedRules",
            "remove one of the two",
            "A cluster would have to have the label and not to have it. The generator stops.",
        ],
        BUILDER,
    ),
    rule(
        "policy/binding-overlap",
        Warning,
        [
            "bindingRules and bindingExcludedRules share a value of a label",
            "remove the value from one of the two lists",
            "The generator compares the two texts as a whole and so misses that a value occurs in both comma lists. Clusters with that value are excluded.",
        ],
        BUILDER,
    ),
    rule(
        "policy/cr-identity",
        Error,
        [
            "a CR that is written without a policy has no kind or no name that is a text",
            "give the source CR a kind and a metadata.name, in quotes if need be",
            "Plain CRs are written to files named after kind, name and namespace. The generator crashes when one of them is missing or a number.",
        ],
        BUILDER,
    ),
    rule(
        "policy/empty-file",
        Warning,
        [
            "the file or its first document is empty",
            "remove the file from the generators, or remove the `---` before the PolicyGenTemplate",
            "Only the first document of a file is read. When it is empty, nothing is generated and nothing is said.",
        ],
        BUILDER,
    ),
    rule(
        "policy/file-name-missing",
        Error,
        [
            "an entry of sourceFiles has no fileName",
            "add fileName, or remove the entry",
            "Each entry of sourceFiles stands for one source CR, and fileName says which. Often a dash too many makes two entries of one.",
        ],
        BUILDER,
    ),
    rule(
        "policy/identity-missing",
        Error,
        [
            "the PolicyGenTemplate has no name or namespace",
            "set metadata.name and metadata.namespace",
            "Name and namespace of the PolicyGenTemplate become the prefix and the namespace of its policies.",
        ],
        BUILDER,
    ),
    rule(
        "policy/interval-conflict",
        Error,
        [
            "two entries of one policy want different evaluation intervals",
            "give the policy one interval, or use two policies",
            "All entries with one policyName form one policy, and a policy has one evaluationInterval. The generator stops when two entries disagree.",
        ],
        BUILDER,
    ),
    rule(
        "policy/interval-invalid",
        Error,
        [
            "an evaluation interval is no duration",
            "use never, watch, or a duration such as 10m or 1h30m; days are not known",
            "Intervals are Go durations with the units ns, us, ms, s, m and h.",
        ],
        "ZTP 4.20 PolicyGenTemplate generator and Go `time.ParseDuration`",
    ),
    rule(
        "policy/more-documents",
        Warning,
        [
            "the file has further documents, which are not read",
            "put each PolicyGenTemplate into a file of its own",
            "Called directly, the generator reads only the first document of a file and passes over the rest without a word. Under kustomize each document is its own generator, so the two ways give different results.",
        ],
        BUILDER,
    ),
    rule(
        "policy/multi-document-name",
        Warning,
        [
            "a name is overlaid on a source CR with several documents",
            "copy the document that is meant into a file of its own",
            "Name, namespace, labels and annotations of an entry are overlaid on every document of its source CR. A name for all of them makes objects that overwrite or contradict each other.",
        ],
        BUILDER,
    ),
    rule(
        "policy/multi-document-overlay",
        Error,
        [
            "a source CR with several documents gets an overlay",
            "overlay a source CR with one document, or split the file",
            "The generator cannot tell which document the overlay is meant for, and stops.",
        ],
        BUILDER,
    ),
    rule(
        "policy/name-length",
        Error,
        [
            "namespace and name of a policy or its placement are longer than 63 characters together",
            "shorten the name of the PolicyGenTemplate, the policyName or the namespace",
            "ACM labels the copy of a policy on each cluster with namespace.name, and a label value has at most 63 characters.",
        ],
        "ACM 2.x governance, length of policy names; checked by `policyBuilder.go` of ZTP 4.20",
    ),
    rule(
        "policy/no-source-files",
        Warning,
        [
            "a PolicyGenTemplate has no sourceFiles",
            "list source CRs, or remove the file",
            "Nothing is generated and nothing is said. What the file made before is pruned by Argo CD, and stays behind on the clusters.",
        ],
        BUILDER,
    ),
    rule(
        "policy/other-kind",
        Warning,
        [
            "a file among the generators is no PolicyGenTemplate",
            "correct the kind, or leave the file out of the generators",
            "The generator logs the file and skips it with success, so its policies are simply missing.",
        ],
        BUILDER,
    ),
    rule(
        "policy/overlay-list-order",
        Warning,
        [
            "an item of a list is merged into one of another name",
            "write the items in the order of the source CR",
            "The generator merges lists of maps by position. An item that has the name of another item of the source CR is merged into whatever stands at its own position, so that fields of two items are mixed.",
        ],
        "ZTP 4.20 PolicyGenTemplate generator, merging of overlays",
    ),
    rule(
        "policy/overlay-mismatch",
        Error,
        [
            "the overlay and the source CR have different types at the same path",
            "make the overlay a map where the source CR has a map, and a list where it has a list",
            "The generator merges maps into maps and lists of maps into lists of maps. It crashes when one side is something else.",
        ],
        "ZTP 4.20 PolicyGenTemplate generator, merging of overlays",
    ),
    rule(
        "policy/overlay-path",
        Warning,
        [
            "a key of an overlay is in no source CR of the kind, but nearly in this one",
            "correct the key or its indentation",
            "The generator adds unknown keys without a word. The API server of the cluster then refuses the CR or drops the field, and what the source CR says stays. Compared with all source CRs of the same kind; a key that resembles none of theirs is taken for a field that the reference does not use, unless the source CR has it elsewhere, with a placeholder that is left open.",
        ],
        "ZTP 4.20 PolicyGenTemplate generator, merging of overlays",
    ),
    rule(
        "policy/overlay-replaces-list",
        Warning,
        [
            "a list of an overlay takes some values of the source CR over, adds others and loses the rest",
            "repeat what the clusters need",
            "Maps are merged, but a list of plain values is replaced as a whole. Whoever adds one kernel argument or one channel loses those of the reference. Lists of quite other values, and lists that only leave values out, are taken to be meant.",
        ],
        "ZTP 4.20 PolicyGenTemplate generator, merging of overlays",
    ),
    rule(
        "policy/overlay-selector",
        Warning,
        [
            "a selector loses a label without value when an overlay adds another",
            "write the label into the overlay too",
            "The generator takes an empty text for a placeholder that nobody filled in and removes it wherever an overlay enters the map. With node-role.kubernetes.io/worker: \"\" gone, a selector fits other nodes than before. One role in place of another is taken to be meant.",
        ],
        "ZTP 4.20 PolicyGenTemplate generator, merging of overlays",
    ),
    rule(
        "policy/overlay-without-effect",
        Warning,
        [
            "null or an empty list in an overlay does not remove what the source CR has",
            "use a copy of the source CR without it, in source-crs beside the kustomization",
            "An overlay adds and changes. The generator keeps a value that is overlaid with null, and a list of maps that is overlaid with an empty list.",
        ],
        "ZTP 4.20 PolicyGenTemplate generator, merging of overlays",
    ),
    rule(
        "policy/overwritten",
        Warning,
        [
            "two results are written to the same file",
            "give the policies, CRs or PolicyGenTemplates different names",
            "Later results replace earlier ones in the output folder without a word. When both have the same identity they clash under kustomize as well. It is an error where which one wins is not even certain.",
        ],
        BUILDER,
    ),
    rule(
        "policy/path",
        Error,
        [
            "a policy name leads out of the output folder",
            "use a name without `..`",
            "Names become parts of paths in the upstream generator, which would write outside of the folder it was given.",
        ],
        BUILDER,
    ),
    rule(
        "policy/placeholder",
        Warning,
        [
            "a placeholder of the source CR is left in the policy",
            "set the field in the overlay of this entry",
            "Source CRs mark what a site has to fill in with a text that begins with `$`. What is not set is applied to the clusters as it stands, and the policy becomes non-compliant or harmful.",
        ],
        "ZTP 4.20 reference source CRs; the generator cleans placeholders only where an overlay enters",
    ),
    rule(
        "policy/remediation-conflict",
        Error,
        [
            "two entries of one policy want different remediation actions",
            "give the policy one remediationAction, or use two policies",
            "All entries with one policyName form one policy, which has one remediationAction. The generator stops when a later entry disagrees with an earlier one.",
        ],
        BUILDER,
    ),
    rule(
        "policy/source-empty",
        Error,
        [
            "a source CR has no document",
            "put the object into the file, or remove the entry",
            "The file was found, but there is no object in it that a policy could demand.",
        ],
        BUILDER,
    ),
    rule(
        "policy/source-invalid",
        Error,
        [
            "a source CR is no YAML map",
            "correct the source CR at the marked line",
            "Each document of a source CR must be one Kubernetes object.",
        ],
        BUILDER,
    ),
    rule(
        "policy/source-missing",
        Error,
        [
            "a source CR is in no folder of source CRs",
            "correct fileName, add the file, or name its folder with --source-crs",
            "Source CRs are looked up in source-crs beside the kustomization and then beside the generator. The reference renames source CRs now and then between releases, so this also happens after an upgrade of the generator's image.",
        ],
        BUILDER,
    ),
    rule(
        "policy/source-unreadable",
        Error,
        [
            "a source CR cannot be read",
            "make it a readable file",
            "Something of that name is there, but it is a folder or not readable.",
        ],
        BUILDER,
    ),
    rule(
        "policy/unknown-field",
        Warning,
        [
            "the PolicyGenTemplate has a field that the generator does not know",
            "correct the name or the indentation; names are case-sensitive",
            "Unknown fields are ignored without a word, so what they were meant to do does not happen.",
        ],
        BUILDER,
    ),
    rule(
        "policy/unused-section",
        Warning,
        [
            "a section of the overlay cannot be merged into a source CR",
            "change the source CR itself, in a copy below source-crs",
            "Only metadata, spec, data, status, binaryData and stringData of an entry are merged. Anything else is ignored without a word.",
        ],
        BUILDER,
    ),
    rule(
        "policy/wave-mismatch",
        Error,
        [
            "source CRs of different deploy waves are in one policy",
            "move the entry to a policy of its wave",
            "A policy has one wave, which TALM uses to order the rollout. The generator stops when the source CRs of a policy disagree.",
        ],
        "ZTP 4.20 PolicyGenTemplate generator; annotation ran.openshift.io/ztp-deploy-wave",
    ),
    rule(
        "policy/wave-unquoted",
        Warning,
        [
            "a deploy wave is a number without quotes",
            "write the wave in quotes",
            "Annotations are texts. The generator does not see an unquoted number as a wave, but removes it all the same, so the policy has none and TALM rolls it out in no order.",
        ],
        BUILDER,
    ),
    rule(
        "policy/yaml",
        Error,
        [
            "the PolicyGenTemplate is no YAML that the generator takes",
            "correct the marked line",
            "The text or the type of a field does not fit. The generator stops, and Argo CD shows a ComparisonError.",
        ],
        "gopkg.in/yaml.v3 3.0.1, with the types of the generator",
    ),
];
