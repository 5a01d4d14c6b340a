//! The generator file and its entry in the kustomization.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Release;
use crate::yaml::emit::quoted;

/// Which generator makes the policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// PolicyGenTemplate (`ran.openshift.io/v1`).
    #[default]
    PolicyGenTemplate,
    /// PolicyGenerator (`policy.open-cluster-management.io/v1`).
    PolicyGenerator,
}

/// A generator file with one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// Name of the generator; the policy is called after it and `policy`.
    pub name: String,
    /// Namespace of the policy.
    pub namespace: String,
    /// What the policy is called beside that.
    pub policy: String,
    /// Labels of the clusters it is for; an empty value means that the label is there.
    pub binding: BTreeMap<String, String>,
    /// The deploy wave; with one, the first configuration of new clusters upgrades them as well.
    pub wave: Option<i64>,
    /// What to upgrade to.
    pub release: Release,
}

impl PolicyFile {
    /// The name of the policy on the hub, for `managedPolicies`.
    pub fn policy_name(&self) -> String {
        format!("{}-{}", self.name, self.policy)
    }

    /// The name of the file.
    pub fn file_name(&self) -> String {
        format!("{}.yaml", self.name)
    }

    /// The file.
    pub fn text(&self, form: Form) -> String {
        match form {
            Form::PolicyGenTemplate => self.template(),
            Form::PolicyGenerator => self.generator(),
        }
    }

    /// A kustomization with this file alone.
    pub fn kustomization(&self) -> String {
        let file = self.file_name();
        format!("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\ngenerators:\n  - {file}\n")
    }

    fn comment(&self) -> String {
        let release = &self.release;
        let target = match &release.version {
            Some(version) => format!("OpenShift {version}"),
            None => "the release image below".to_owned(),
        };
        let step = if release.is_intermediate() { "; the step before an EUS release" } else { "" };
        let channel = release.channel;
        format!(
            "# Upgrades to {target} (channel {channel}{step}).\n# It only tells; a ClusterGroupUpgrade enforces it.\n"
        )
    }

    fn template(&self) -> String {
        let mut text = self.comment();
        text += "apiVersion: ran.openshift.io/v1\nkind: PolicyGenTemplate\nmetadata:\n";
        let _ = write!(text, "  name: {}\n  namespace: {}\nspec:\n  bindingRules:\n", self.name, self.namespace);
        for (key, value) in &self.binding {
            let _ = writeln!(text, "    {key}: {}", quoted(value));
        }
        text += "  remediationAction: inform\n  sourceFiles:\n    - fileName: ClusterVersion.yaml\n";
        let _ = writeln!(text, "      policyName: {}", self.policy);
        text += &self.cluster_version("      ");
        text
    }

    fn generator(&self) -> String {
        let mut text = self.comment();
        text += "apiVersion: policy.open-cluster-management.io/v1\nkind: PolicyGenerator\nmetadata:\n";
        let _ = writeln!(text, "  name: {}", self.name);
        let _ = writeln!(text, "placementBindingDefaults:\n  name: {}-placement-binding", self.name);
        let _ = writeln!(text, "policyDefaults:\n  namespace: {}\n  placement:", self.namespace);
        text += "    labelSelector:\n      matchExpressions:\n";
        for (key, value) in &self.binding {
            let _ = writeln!(text, "        - key: {key}");
            match value.is_empty() {
                true => text += "          operator: Exists\n",
                false => {
                    let _ =
                        write!(text, "          operator: In\n          values:\n            - {}\n", quoted(value));
                }
            }
        }
        text += "  remediationAction: inform\n  severity: low\n  namespaceSelector:\n    exclude:\n      - kube-*\n    \
                 include:\n      - '*'\n  evaluationInterval:\n    compliant: 10m\n    noncompliant: 10s\npolicies:\n";
        let _ = writeln!(text, "  - name: {}", self.policy_name());
        if let Some(wave) = self.wave {
            let _ = writeln!(
                text,
                "    policyAnnotations:\n      ran.openshift.io/ztp-deploy-wave: {}",
                quoted(&wave.to_string())
            );
        }
        text += "    manifests:\n      - path: source-crs/ClusterVersion.yaml\n        patches:\n          - ";
        text += self.cluster_version("            ").trim_start();
        text
    }

    /// What goes over the source CR. The history is what makes the policy wait for the end of the upgrade.
    fn cluster_version(&self, indent: &str) -> String {
        let release = &self.release;
        let mut lines = vec!["metadata:".to_owned(), "  name: version".to_owned()];
        if let Some(wave) = self.wave {
            lines.push("  annotations:".to_owned());
            lines.push(format!("    ran.openshift.io/ztp-deploy-wave: {}", quoted(&wave.to_string())));
        }
        lines.push("spec:".to_owned());
        lines.push(format!("  channel: {}", quoted(&release.channel.to_string())));
        lines.push(format!("  upstream: {}", quoted(&release.upstream)));
        lines.push("  desiredUpdate:".to_owned());
        let version = release.version.as_ref().map(|version| format!("version: {}", quoted(&version.to_string())));
        let image = release.image.as_ref().map(|image| format!("image: {}", quoted(image)));
        lines.extend(version.iter().chain(&image).map(|field| format!("    {field}")));
        lines.push("status:".to_owned());
        lines.push("  history:".to_owned());
        // By version where it is known: a mirror may give the same release another name.
        lines.extend(version.or(image).map(|field| format!("    - {field}")));
        lines.push("      state: \"Completed\"".to_owned());
        lines.iter().map(|line| format!("{indent}{line}\n")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::policy::{PgtGenerator, SourceCrs, Wrapping};
    use crate::yaml::{Source, documents};
    use serde_json::{Value, json};

    const SOURCE_CR: &str = "apiVersion: config.openshift.io/v1\nkind: ClusterVersion\nmetadata:\n  name: version\nspec:\n  \
        channel: stable-4.10\n  upstream: https://graph.example.com/graph\n";

    fn file(image: bool, wave: Option<i64>) -> PolicyFile {
        let image_text = format!("registry.example.com:8443/ocp/release@sha256:{}", "0".repeat(64));
        let image = image.then_some(image_text.as_str());
        PolicyFile {
            name: "du-upgrade".into(),
            namespace: "ztp-group".into(),
            policy: "version-4-20-3".into(),
            binding: [("group-du", ""), ("zone", "north")].map(|(key, value)| (key.into(), value.into())).into(),
            wave,
            release: Release::new(Some("4.20.3"), Some("eus-4.20"), image, None).unwrap(),
        }
    }

    fn json_of(text: &str) -> Value {
        let source = Source::from_text("test", text);
        documents(&source).next().unwrap().unwrap().root().unwrap().to_json().unwrap()
    }

    fn generated(file: &PolicyFile) -> Vec<Value> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ClusterVersion.yaml"), SOURCE_CR).unwrap();
        let generator = PgtGenerator::new(SourceCrs::new([folder.path().into()]).into(), Wrapping::AsWritten);
        let made = generator.generate(&Source::from_text("du-upgrade.yaml", file.text(Form::PolicyGenTemplate)));
        assert!(made.findings.is_empty(), "{:?}", made.findings);
        made.objects.iter().map(|object| json_of(&crate::yaml::emit::to_string(&object.value))).collect()
    }

    #[test]
    fn our_own_generator_makes_the_policy_of_it() {
        let file = file(true, None);
        let objects = generated(&file);
        let policy = objects.iter().find(|object| object["kind"] == "Policy").unwrap();
        assert_eq!(policy["metadata"]["name"], file.policy_name());
        assert_eq!(policy["spec"]["remediationAction"], "inform");
        assert!(policy["metadata"]["annotations"]["ran.openshift.io/ztp-deploy-wave"].is_null());
        let template = &policy["spec"]["policy-templates"][0]["objectDefinition"]["spec"]["object-templates"][0];
        let version = &template["objectDefinition"];
        assert_eq!(version["spec"]["channel"], "eus-4.20");
        assert_eq!(version["spec"]["upstream"], super::super::UPDATE_GRAPH);
        assert_eq!(version["spec"]["desiredUpdate"]["version"], "4.20.3");
        assert_eq!(version["spec"]["desiredUpdate"]["image"].as_str(), file.release.image.as_deref());
        assert_eq!(version["status"]["history"], json!([{"version": "4.20.3", "state": "Completed"}]));
        let rule = objects.iter().find(|object| object["kind"] == "PlacementRule").unwrap();
        let expressions = &rule["spec"]["clusterSelector"]["matchExpressions"];
        assert_eq!(expressions[0], json!({"key": "group-du", "operator": "Exists"}));
        assert_eq!(expressions[1], json!({"key": "zone", "operator": "In", "values": ["north"]}));
    }

    #[test]
    fn a_wave_becomes_that_of_the_policy() {
        let objects = generated(&file(false, Some(10)));
        let policy = objects.iter().find(|object| object["kind"] == "Policy").unwrap();
        assert_eq!(policy["metadata"]["annotations"]["ran.openshift.io/ztp-deploy-wave"], "10");
    }

    #[test]
    fn both_forms_say_the_same() {
        let file = file(true, Some(10));
        let template = json_of(&file.text(Form::PolicyGenTemplate));
        let generator = json_of(&file.text(Form::PolicyGenerator));
        let (entry, policy) = (&template["spec"]["sourceFiles"][0], &generator["policies"][0]);
        let patch = &policy["manifests"][0]["patches"][0];
        for section in ["metadata", "spec", "status"] {
            assert_eq!(entry[section], patch[section], "{section}");
        }
        assert_eq!(policy["name"], file.policy_name());
        assert_eq!(policy["policyAnnotations"]["ran.openshift.io/ztp-deploy-wave"], "10");
        let expressions = &generator["policyDefaults"]["placement"]["labelSelector"]["matchExpressions"];
        assert_eq!(expressions[1], json!({"key": "zone", "operator": "In", "values": ["north"]}));
        assert_eq!(json_of(&file.kustomization())["generators"], json!(["du-upgrade.yaml"]));
    }

    #[test]
    fn an_image_alone_is_waited_for_by_its_name() {
        let mut file = file(true, None);
        file.release.version = None;
        let entry = &json_of(&file.text(Form::PolicyGenTemplate))["spec"]["sourceFiles"][0];
        assert_eq!(entry["status"]["history"][0]["image"].as_str(), file.release.image.as_deref());
        assert!(entry["spec"]["desiredUpdate"]["version"].is_null());
    }
}
