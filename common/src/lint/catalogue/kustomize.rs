//! Findings about kustomizations.

use super::rule::{Rule, rule};
use crate::finding::Level::{Error, Warning};

const TREE: &str = "kustomize 5.5, api 0.18 `internal/target/kusttarget.go`";

pub const RULES: &[Rule] = &[
    rule(
        "kustomize/ambiguous-reference",
        Error,
        [
            "a name refers to several resources of the tree",
            "give the resources different names or namespaces",
            "When kustomize renames a resource it follows references to it. Here a reference fits more than one resource, so kustomize cannot tell which new name belongs there and stops.",
        ],
        "kustomize api 0.18 `internal/accumulator/namereferencetransformer.go`",
    ),
    rule(
        "kustomize/duplicate",
        Error,
        [
            "two resources or generators of one tree have the same identity",
            "remove one, or give it another name or namespace",
            "Kind, name and namespace together may occur once in a tree. The usual causes are a file that is listed twice, directly or by way of a folder, and two generators that make the same object. Argo CD shows a ComparisonError and applies nothing.",
        ],
        "kustomize api 0.18 `resmap/reswrangler.go`, `Append`",
    ),
    rule(
        "kustomize/empty",
        Error,
        [
            "the kustomization file is empty",
            "list resources or generators in it, or remove the file",
            "kustomize refuses a kustomization that says nothing at all, so that an accident does not prune everything.",
        ],
        "kustomize api 0.18 `types/kustomization.go`, `CheckEmpty`",
    ),
    rule(
        "kustomize/external",
        Error,
        [
            "the real kustomize failed on the tree",
            "read its message in the finding, and run `kustomize build` on the folder to see it alone",
            "The tree uses what this program does not build itself, so the real kustomize was run, and it failed.",
        ],
        TREE,
    ),
    rule(
        "kustomize/foreign",
        Error,
        [
            "the tree uses something that only the real kustomize can build",
            "install kustomize, oc or kubectl for `generate`; for `validate` there is nothing to do",
            "Helm charts, remote bases, replacements, transformers and a few more are left to the real kustomize. Validation never runs it, so it says as information that the tree was not built; the generators in it are checked all the same.",
        ],
        TREE,
    ),
    rule(
        "kustomize/generator",
        Error,
        [
            "a ConfigMap or Secret cannot be generated",
            "correct the entry as the finding says",
            "A configMapGenerator or secretGenerator names a file that is not there, gives a key twice, or merges into something that does not exist.",
        ],
        "kustomize api 0.18 `internal/generators`",
    ),
    rule(
        "kustomize/generator-as-resource",
        Error,
        [
            "a PolicyGenTemplate or SiteConfig is listed under resources",
            "move the entry to generators",
            "Under resources the file is applied to the hub as it is, and no policy and no cluster is made of it. Argo CD then prunes what the generator made before.",
        ],
        "kustomize: `resources` are taken as they are, only `generators` run plugins",
    ),
    rule(
        "kustomize/invalid-field",
        Error,
        [
            "a field of the kustomization has a value of the wrong type or one that does not exist",
            "correct the value as the finding says",
            "kustomize reads its file strictly and stops at the first value that does not fit.",
        ],
        "kustomize api 0.18 `types/kustomization.go`",
    ),
    rule(
        "kustomize/no-kustomization",
        Error,
        [
            "a folder is listed that has no kustomization, or several",
            "add a kustomization.yaml to the folder, or list its files one by one",
            "A folder under resources, bases or components must have exactly one of kustomization.yaml, kustomization.yml and Kustomization. kustomize does not take the files of a folder by itself.",
        ],
        "kustomize api 0.18 `internal/target/kusttarget.go`, `loadKustFile`",
    ),
    rule(
        "kustomize/not-a-resource",
        Error,
        [
            "a listed file has a document that is no Kubernetes object",
            "give the document apiVersion, kind and metadata.name, or take the file out of the list",
            "Every document that kustomize lists must be an object with a kind and a name. Values files, templates and fragments belong elsewhere.",
        ],
        "kustomize kyaml 0.18 `resid`, `resource/factory.go`",
    ),
    rule(
        "kustomize/patch",
        Error,
        [
            "a patch cannot be applied",
            "correct the patch or its target as the finding says",
            "The patch is unreadable, names no target that exists, or changes a place that its target does not have. Argo CD shows a ComparisonError and applies nothing.",
        ],
        "kustomize api 0.18 `internal/builtins/PatchTransformer.go`",
    ),
    rule(
        "kustomize/patch-without-effect",
        Warning,
        [
            "the target of a patch matches nothing",
            "correct the kind or name in the target, or remove the patch",
            "A patch with a target that selects no resource is passed over by kustomize without a word. Usually a resource was renamed or the target has a slip.",
        ],
        "kustomize api 0.18 `internal/builtins/PatchTransformer.go`",
    ),
    rule(
        "kustomize/renamed-policy",
        Warning,
        [
            "namePrefix or nameSuffix renames policies, but not in their PlacementBindings",
            "write the whole names into the generator files",
            "kustomize follows references that it knows, and knows nothing of PlacementBindings. The policy and the PlacementRule get new names, the binding goes on naming the old ones, and the policy reaches no cluster.",
        ],
        "kustomize api 0.18 `internal/builtins/PrefixTransformer.go`",
    ),
    rule(
        "kustomize/respelled-value",
        Warning,
        [
            "kustomize hands an unquoted number to the generator in another spelling",
            "write the value in quotes",
            "kustomize decodes a generator's file and encodes it again before the generator sees it. Unquoted `4.10` arrives as 4.1, `0777` as 511, a date with a time. In a label or a binding rule the result matches nothing.",
        ],
        "kustomize 5.5 exec plugins, `api/internal/plugins/execplugin`",
    ),
    rule(
        "kustomize/transformer",
        Error,
        [
            "a field that changes all resources cannot be applied",
            "correct the field as the finding says",
            "namePrefix, namespace, labels, images or replicas do not fit a resource of this tree.",
        ],
        "kustomize api 0.18 `internal/builtins`",
    ),
    rule(
        "kustomize/unknown-field",
        Error,
        [
            "the kustomization has a field that kustomize does not know",
            "correct the name; case does not matter, spelling does",
            "kustomize reads its file strictly: a single unknown field stops the whole tree.",
        ],
        "kustomize api 0.18 `types/kustomization.go`, `Unmarshal`",
    ),
    rule(
        "kustomize/unknown-generator",
        Error,
        [
            "an entry under generators is of a kind without a generator",
            "move plain objects to resources; a PolicyGenTemplate must be ran.openshift.io/v1, a SiteConfig v1 or v2",
            "kustomize looks for a plugin by group, version and kind, and stops when there is none.",
        ],
        "kustomize 5.5 `api/internal/plugins/loader`",
    ),
    rule(
        "kustomize/unlisted-file",
        Warning,
        [
            "a file beside a kustomization looks like a part of it, but nothing lists it",
            "list it, mention it in a comment of the kustomization, or move it away",
            "kustomize takes only what is listed. A generator file or manifest in the folder of a kustomization that no entry names has no effect, which is easily overlooked when a site is added. A comment in the kustomization that names the file counts as a decision.",
        ],
        "kustomize: only listed files are read",
    ),
    rule(
        "kustomize/unreadable",
        Error,
        [
            "an entry names a file or folder that is not there or not allowed",
            "correct the name; files must be in or below the folder of the kustomization",
            "kustomize stops at an entry that it cannot read. It also refuses files outside of the kustomization's own folder; folders with a kustomization may be anywhere.",
        ],
        "kustomize api 0.18 `loader/fileloader.go`, LoadRestrictionsRootOnly",
    ),
    rule(
        "kustomize/wrong-kind",
        Error,
        [
            "a Component is listed as resource, or a Kustomization as component",
            "move the entry to the other list",
            "Components change the resources of the kustomization that lists them, so kustomize keeps the two kinds apart and stops at a mix-up.",
        ],
        TREE,
    ),
];
