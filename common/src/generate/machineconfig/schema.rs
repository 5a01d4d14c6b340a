//! The Ignition specification 3.x as data: which fields there are, since which version, and how lists are merged.
//!
//! From Ignition 2.18 `config/v3_0` to `config/v3_4` (`types/schema.go`, the `Key` and `IgnoreDuplicates` methods).
//! Where the Go types of versions differ in form only (pointer or not), the form of 3.2 stands, in which configs are
//! merged.

/// A structure.
#[derive(Debug)]
pub(super) struct Object {
    pub kind: Kind,
    pub fields: &'static [Field],
}

/// Which structure it is; decides what is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing of its own to check.
    Plain,
    Config,
    IgnitionConfig,
    Tls,
    Proxy,
    Resource,
    HttpHeader,
    Verification,
    Owner,
    Storage,
    Directory,
    File,
    Link,
    Disk,
    Partition,
    Filesystem,
    Luks,
    ClevisCustom,
    Tang,
    Raid,
    Unit,
    Dropin,
}

/// One field of a structure.
#[derive(Debug)]
pub(super) struct Field {
    pub name: &'static str,
    pub ty: Type,
    /// The minor version that brought it.
    pub since: u8,
    /// A Go value, not a pointer: its zero value replaces what an earlier config says.
    pub plain: bool,
}

/// What a field holds.
#[derive(Debug)]
pub(super) enum Type {
    Text,
    Int,
    Bool,
    Object(&'static Object),
    /// Texts; merged by their text or not at all.
    Texts(Key),
    Objects(&'static Object, Key),
}

/// How items of a list are recognised in another list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Not at all: lists are concatenated.
    None,
    /// A text is its own key.
    Itself,
    /// By a field.
    Field(&'static str),
    /// By path, in one key space with the other lists of nodes.
    Node,
    /// By number, or by label where there is no number.
    Partition,
}

impl Type {
    /// The key of a list; `None` for what is no list.
    pub fn key(&self) -> Option<Key> {
        match self {
            Self::Texts(key) | Self::Objects(_, key) => Some(*key),
            _ => None,
        }
    }
}

impl Object {
    /// The field that JSON decoding in Go would fill: an exact name, else one that differs in case only.
    pub fn field(&self, name: &str, version: u8) -> Option<&'static Field> {
        let known = || self.fields.iter().filter(|f| f.since <= version);
        known().find(|f| f.name == name).or_else(|| known().find(|f| f.name.eq_ignore_ascii_case(name)))
    }
}

impl Field {
    const fn new(name: &'static str, ty: Type) -> Self {
        Self { name, ty, since: 0, plain: false }
    }

    const fn since(mut self, version: u8) -> Self {
        self.since = version;
        self
    }

    pub const fn plain(mut self) -> Self {
        self.plain = true;
        self
    }
}

pub(super) const fn text(name: &'static str) -> Field {
    Field::new(name, Type::Text)
}

pub(super) const fn int(name: &'static str) -> Field {
    Field::new(name, Type::Int)
}

pub(super) const fn boolean(name: &'static str) -> Field {
    Field::new(name, Type::Bool)
}

pub(super) const fn object(name: &'static str, object: &'static Object) -> Field {
    Field::new(name, Type::Object(object))
}

pub(super) const fn texts(name: &'static str, key: Key) -> Field {
    Field::new(name, Type::Texts(key))
}

pub(super) const fn objects(name: &'static str, object: &'static Object, key: Key) -> Field {
    Field::new(name, Type::Objects(object, key))
}

/// The whole config.
pub(super) static CONFIG: Object = Object {
    kind: Kind::Config,
    fields: &[
        object("ignition", &IGNITION),
        object("kernelArguments", &KERNEL_ARGUMENTS).since(3),
        object("passwd", &PASSWD),
        object("storage", &STORAGE),
        object("systemd", &SYSTEMD),
    ],
};

static IGNITION: Object = Object {
    kind: Kind::Plain,
    fields: &[
        object("config", &IGNITION_CONFIG),
        object("proxy", &PROXY).since(1),
        object("security", &SECURITY),
        object("timeouts", &TIMEOUTS),
        text("version").plain(),
    ],
};

static IGNITION_CONFIG: Object = Object {
    kind: Kind::IgnitionConfig,
    fields: &[objects("merge", &REFERENCE, Key::Field("source")), object("replace", &REFERENCE)],
};

static PROXY: Object =
    Object { kind: Kind::Proxy, fields: &[text("httpProxy"), text("httpsProxy"), texts("noProxy", Key::Itself)] };

static SECURITY: Object = Object { kind: Kind::Plain, fields: &[object("tls", &TLS)] };

static TLS: Object =
    Object { kind: Kind::Tls, fields: &[objects("certificateAuthorities", &REFERENCE, Key::Field("source"))] };

static TIMEOUTS: Object = Object { kind: Kind::Plain, fields: &[int("httpResponseHeaders"), int("httpTotal")] };

static KERNEL_ARGUMENTS: Object =
    Object { kind: Kind::Plain, fields: &[texts("shouldExist", Key::Itself), texts("shouldNotExist", Key::Itself)] };

/// A resource that is no file's contents; 3.0 had a smaller type for it.
static REFERENCE: Object = Object {
    kind: Kind::Resource,
    fields: &[
        text("compression").since(1),
        objects("httpHeaders", &HTTP_HEADER, Key::Field("name")).since(1),
        text("source"),
        object("verification", &VERIFICATION),
    ],
};

static RESOURCE: Object = Object {
    kind: Kind::Resource,
    fields: &[
        text("compression"),
        objects("httpHeaders", &HTTP_HEADER, Key::Field("name")).since(1),
        text("source"),
        object("verification", &VERIFICATION),
    ],
};

static HTTP_HEADER: Object = Object { kind: Kind::HttpHeader, fields: &[text("name").plain(), text("value")] };

static VERIFICATION: Object = Object { kind: Kind::Verification, fields: &[text("hash")] };

static PASSWD: Object = Object {
    kind: Kind::Plain,
    fields: &[objects("groups", &GROUP, Key::Field("name")), objects("users", &USER, Key::Field("name"))],
};

static GROUP: Object = Object {
    kind: Kind::Plain,
    fields: &[
        int("gid"),
        text("name").plain(),
        text("passwordHash"),
        boolean("shouldExist").since(2),
        boolean("system"),
    ],
};

static USER: Object = Object {
    kind: Kind::Plain,
    fields: &[
        text("gecos"),
        texts("groups", Key::Itself),
        text("homeDir"),
        text("name").plain(),
        boolean("noCreateHome"),
        boolean("noLogInit"),
        boolean("noUserGroup"),
        text("passwordHash"),
        text("primaryGroup"),
        texts("sshAuthorizedKeys", Key::Itself),
        text("shell"),
        boolean("shouldExist").since(2),
        boolean("system"),
        int("uid"),
    ],
};

static STORAGE: Object = Object {
    kind: Kind::Storage,
    fields: &[
        objects("directories", &DIRECTORY, Key::Node),
        objects("disks", &DISK, Key::Field("device")),
        objects("files", &FILE, Key::Node),
        objects("filesystems", &FILESYSTEM, Key::Field("device")),
        objects("links", &LINK, Key::Node),
        objects("luks", &LUKS, Key::Field("name")).since(2),
        objects("raid", &RAID, Key::Field("name")),
    ],
};

static OWNER: Object = Object { kind: Kind::Owner, fields: &[int("id"), text("name")] };

static DIRECTORY: Object = Object {
    kind: Kind::Directory,
    fields: &[object("group", &OWNER), boolean("overwrite"), text("path").plain(), object("user", &OWNER), int("mode")],
};

static FILE: Object = Object {
    kind: Kind::File,
    fields: &[
        object("group", &OWNER),
        boolean("overwrite"),
        text("path").plain(),
        object("user", &OWNER),
        objects("append", &RESOURCE, Key::None),
        object("contents", &RESOURCE),
        int("mode"),
    ],
};

static LINK: Object = Object {
    kind: Kind::Link,
    fields: &[
        object("group", &OWNER),
        boolean("overwrite"),
        text("path").plain(),
        object("user", &OWNER),
        boolean("hard"),
        text("target").plain(),
    ],
};

static DISK: Object = Object {
    kind: Kind::Disk,
    fields: &[text("device").plain(), objects("partitions", &PARTITION, Key::Partition), boolean("wipeTable")],
};

static PARTITION: Object = Object {
    kind: Kind::Partition,
    fields: &[
        text("guid"),
        text("label"),
        int("number").plain(),
        boolean("resize").since(2),
        boolean("shouldExist"),
        int("sizeMiB"),
        int("startMiB"),
        text("typeGuid"),
        boolean("wipePartitionEntry"),
    ],
};

static FILESYSTEM: Object = Object {
    kind: Kind::Filesystem,
    fields: &[
        text("device").plain(),
        text("format"),
        text("label"),
        texts("mountOptions", Key::None).since(1),
        texts("options", Key::None),
        text("path"),
        text("uuid"),
        boolean("wipeFilesystem"),
    ],
};

static LUKS: Object = Object {
    kind: Kind::Luks,
    fields: &[
        object("clevis", &CLEVIS),
        text("device"),
        boolean("discard").since(4),
        object("keyFile", &RESOURCE),
        text("label"),
        text("name").plain(),
        texts("openOptions", Key::Itself).since(4),
        texts("options", Key::None),
        text("uuid"),
        boolean("wipeVolume"),
    ],
};

static CLEVIS: Object = Object {
    kind: Kind::Plain,
    fields: &[
        object("custom", &CLEVIS_CUSTOM),
        objects("tang", &TANG, Key::Field("url")),
        int("threshold"),
        boolean("tpm2"),
    ],
};

static CLEVIS_CUSTOM: Object = Object {
    kind: Kind::ClevisCustom,
    fields: &[text("config").plain(), boolean("needsNetwork"), text("pin").plain()],
};

static TANG: Object =
    Object { kind: Kind::Tang, fields: &[text("advertisement").since(4), text("thumbprint"), text("url").plain()] };

static RAID: Object = Object {
    kind: Kind::Raid,
    fields: &[
        texts("devices", Key::Itself),
        text("level").plain(),
        text("name").plain(),
        texts("options", Key::None),
        int("spares"),
    ],
};

static SYSTEMD: Object = Object { kind: Kind::Plain, fields: &[objects("units", &UNIT, Key::Field("name"))] };

static UNIT: Object = Object {
    kind: Kind::Unit,
    fields: &[
        text("contents"),
        objects("dropins", &DROPIN, Key::Field("name")),
        boolean("enabled"),
        boolean("mask"),
        text("name").plain(),
    ],
};

static DROPIN: Object = Object { kind: Kind::Dropin, fields: &[text("contents"), text("name").plain()] };
