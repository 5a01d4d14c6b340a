//! The Ignition specification 2.2 as data, as far as MachineConfigs can use it: Ignition 0.35 `config/v2_2/types`.

use super::schema::{Key, Kind, Object, boolean, int, object, objects, text, texts};

/// The whole config.
pub(super) static CONFIG: Object = plain(&[
    object("ignition", &IGNITION),
    object("networkd", &NETWORKD),
    object("passwd", &PASSWD),
    object("storage", &STORAGE),
    object("systemd", &SYSTEMD),
]);

const fn plain(fields: &'static [super::schema::Field]) -> Object {
    Object { kind: Kind::Plain, fields }
}

static IGNITION: Object = plain(&[
    object("config", &IGNITION_CONFIG),
    object("security", &SECURITY),
    object("timeouts", &TIMEOUTS),
    text("version"),
]);

static IGNITION_CONFIG: Object = plain(&[objects("append", &REFERENCE, Key::None), object("replace", &REFERENCE)]);
static REFERENCE: Object = plain(&[text("source"), object("verification", &VERIFICATION)]);
static VERIFICATION: Object = plain(&[text("hash")]);
static SECURITY: Object = plain(&[object("tls", &TLS)]);
static TLS: Object = plain(&[objects("certificateAuthorities", &REFERENCE, Key::None)]);
static TIMEOUTS: Object = plain(&[int("httpResponseHeaders"), int("httpTotal")]);
static NETWORKD: Object = plain(&[objects("units", &UNIT, Key::None)]);
static PASSWD: Object = plain(&[objects("groups", &GROUP, Key::None), objects("users", &USER, Key::None)]);

static GROUP: Object = plain(&[int("gid"), text("name"), text("passwordHash").plain(), boolean("system").plain()]);

static USER: Object = plain(&[
    text("gecos").plain(),
    texts("groups", Key::None),
    text("homeDir").plain(),
    text("name"),
    boolean("noCreateHome").plain(),
    boolean("noLogInit").plain(),
    boolean("noUserGroup").plain(),
    text("passwordHash"),
    text("primaryGroup").plain(),
    texts("sshAuthorizedKeys", Key::None),
    text("shell").plain(),
    boolean("system").plain(),
    int("uid"),
]);

static STORAGE: Object = plain(&[
    objects("directories", &DIRECTORY, Key::None),
    objects("disks", &DISK, Key::None),
    objects("files", &FILE, Key::None),
    objects("filesystems", &FILESYSTEM, Key::None),
    objects("links", &LINK, Key::None),
    objects("raid", &RAID, Key::None),
]);

static OWNER: Object = plain(&[int("id"), text("name").plain()]);

static DIRECTORY: Object = plain(&[
    text("filesystem"),
    object("group", &OWNER),
    boolean("overwrite"),
    text("path"),
    object("user", &OWNER),
    int("mode"),
]);

static FILE: Object = plain(&[
    text("filesystem"),
    object("group", &OWNER),
    boolean("overwrite"),
    text("path"),
    object("user", &OWNER),
    boolean("append").plain(),
    object("contents", &CONTENTS),
    int("mode"),
]);

static CONTENTS: Object =
    plain(&[text("compression").plain(), text("source").plain(), object("verification", &VERIFICATION)]);

static LINK: Object = plain(&[
    text("filesystem"),
    object("group", &OWNER),
    boolean("overwrite"),
    text("path"),
    object("user", &OWNER),
    boolean("hard").plain(),
    text("target").plain(),
]);

static DISK: Object =
    plain(&[text("device"), objects("partitions", &PARTITION, Key::None), boolean("wipeTable").plain()]);

static PARTITION: Object = plain(&[
    text("guid").plain(),
    text("label"),
    int("number").plain(),
    int("size"),
    int("start"),
    text("typeGuid").plain(),
]);

static FILESYSTEM: Object = plain(&[text("name"), text("path")]);

static RAID: Object = plain(&[
    texts("devices", Key::None),
    text("level"),
    text("name"),
    texts("options", Key::None),
    int("spares").plain(),
]);

static SYSTEMD: Object = plain(&[objects("units", &UNIT, Key::None)]);

static UNIT: Object = plain(&[
    text("contents").plain(),
    objects("dropins", &DROPIN, Key::None),
    boolean("enable").plain(),
    boolean("enabled"),
    boolean("mask").plain(),
    text("name"),
]);

static DROPIN: Object = plain(&[text("contents").plain(), text("name")]);
