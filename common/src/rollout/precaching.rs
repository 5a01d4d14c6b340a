//! What a CGU will pre-cache (TALM 5.0 `controllers/precache.go` and `overrides.go`).

use super::Hub;
use super::platform::PlatformImage;
use super::policy_objects::PolicyObject;
use super::space::required_gib;
use crate::resource::{ClusterGroupUpgrade, ConfigMap, PreCachingConfigSpec, PrecachingSpec, Resource};

/// Derives the software to cache, or the reason TALM gives behind "Precaching spec is incomplete: ".
pub(super) fn precaching_spec<'o, 'p: 'o>(
    hub: &Hub,
    cgu: &ClusterGroupUpgrade,
    objects: impl Iterator<Item = &'o PolicyObject<'p>>,
    image: &PlatformImage,
) -> Result<PrecachingSpec, String> {
    // A bad size is reported under this sentence as well.
    let of_config = |error| format!("failed to get PreCachingConfig resource due to {error}");
    let config = config(hub, cgu).map_err(of_config)?;
    let overrides = Overrides(hub.overrides.get(&cgu.metadata.namespace));
    let mut spec = from_policies(objects);
    if let PlatformImage::Known(image) = image {
        spec.platform_image.clone_from(image);
    }
    let packages = first_given([config.packages_and_channels(), overrides.list("operators.packagesAndChannels")]);
    if !packages.is_empty() {
        spec.operators_packages_and_channels = packages;
    }
    spec.exclude_precache_patterns =
        first_given([config.exclude_precache_patterns, overrides.list("excludePrecachePatterns")]);
    spec.additional_images = config.additional_images;
    let space = [config.space_required.as_str(), overrides.text("precache.spaceRequired"), "35 GiB"];
    let space = space.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    spec.space_required = required_gib(space).map_err(of_config)?.to_string();
    check(&spec, *image != PlatformImage::None)?;
    Ok(spec)
}

fn config(hub: &Hub, cgu: &ClusterGroupUpgrade) -> Result<PreCachingConfigSpec, String> {
    let reference = &cgu.spec.pre_caching_config_ref;
    if reference.name.is_empty() {
        return Ok(PreCachingConfigSpec::default());
    }
    let namespace = if reference.namespace.is_empty() { &cgu.metadata.namespace } else { &reference.namespace };
    let found = hub.precaching_configs.get(&(namespace.clone(), reference.name.clone()));
    let kind = Resource::PRE_CACHING_CONFIG.qualified_kind();
    found.map(|config| config.spec.clone()).ok_or_else(|| format!("{kind} {:?} not found", reference.name))
}

fn from_policies<'o, 'p: 'o>(objects: impl Iterator<Item = &'o PolicyObject<'p>>) -> PrecachingSpec {
    let mut spec = PrecachingSpec::default();
    for object in objects.filter(|object| !object.must_not_have) {
        match object.kind() {
            "Subscription" => {
                let package = format!("{}:{}", object.text(&["spec", "name"]), object.text(&["spec", "channel"]));
                spec.operators_packages_and_channels.push(package);
            }
            "CatalogSource" => spec.operators_indexes.push(object.text(&["spec", "image"]).to_owned()),
            _ => {}
        }
    }
    spec
}

fn check(spec: &PrecachingSpec, has_image: bool) -> Result<(), String> {
    let inconsistent = |what: &str| Err(format!("inconsistent precaching configuration: {what}"));
    match (spec.operators_indexes.is_empty(), spec.operators_packages_and_channels.is_empty()) {
        (false, true) => inconsistent("olm index provided, but no packages"),
        (true, _) if !has_image => inconsistent("no software spec provided"),
        _ => Ok(()),
    }
}

fn first_given(lists: [Vec<String>; 2]) -> Vec<String> {
    lists.into_iter().find(|list| !list.is_empty()).unwrap_or_default()
}

/// Keys of the ConfigMap that count where the PreCachingConfig gives nothing for the same item.
pub(super) const OVERRIDES: [&str; 3] =
    ["operators.packagesAndChannels", "excludePrecachePatterns", "precache.spaceRequired"];

/// Those of these keys for which the CGU's PreCachingConfig gives something.
pub(super) fn overruled(hub: &Hub, cgu: &ClusterGroupUpgrade) -> Vec<&'static str> {
    let config = config(hub, cgu).unwrap_or_default();
    let given = [
        !config.packages_and_channels().is_empty(),
        !config.exclude_precache_patterns.is_empty(),
        !config.space_required.is_empty(),
    ];
    OVERRIDES.into_iter().zip(given).filter(|(_, is_given)| *is_given).map(|(key, _)| key).collect()
}

/// The ConfigMap that came before PreCachingConfigs.
struct Overrides<'m>(Option<&'m ConfigMap>);

impl Overrides<'_> {
    fn text(&self, key: &str) -> &str {
        self.0.and_then(|map| map.data.get(key)).map_or("", |text| text.trim())
    }

    fn list(&self, key: &str) -> Vec<String> {
        self.text(key).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}
