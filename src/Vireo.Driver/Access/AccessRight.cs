namespace Vireo.Driver;

/// <summary>What a right is about; in libvirt's order of its classes.</summary>
public enum AccessObject
{
#pragma warning disable CS1591
    Connect, Domain, Interface, Network, NetworkPort, NodeDevice, NwFilter, NwFilterBinding, Secret, StoragePool, StorageVolume,
#pragma warning restore CS1591
}

/// <summary>One of libvirt's permissions: a kind of object and a number of its own enum of rights.</summary>
/// <param name="Object">What it is about.</param>
/// <param name="Number">The value of <see cref="ConnectRight"/>, <see cref="DomainRight"/> and so on.</param>
public readonly record struct AccessRight(AccessObject Object, int Number)
{
    // By kind: its name, and its permissions in the order of their numbers. '!' marks those that anybody has who may connect.
    static readonly (string Name, string[] Rights)[] table =
    [
        ("connect", Words("!getattr !read write !search-domains !search-networks !search-storage-pools !search-node-devices !search-interfaces !search-secrets !search-nwfilters !search-nwfilter-bindings detect-storage-pools pm-control interface-transaction")),
        ("domain", Words("!getattr !read write read-secure start stop reset save delete migrate checkpoint snapshot suspend hibernate core-dump pm-control init-control inject-nmi send-input send-signal fs-trim fs-freeze block-read block-write mem-read open-graphics open-device screenshot open-namespace set-time set-password")),
        ("interface", Words("!getattr !read write save delete start stop")),
        ("network", Words("!getattr !read write save delete start stop search-ports")),
        ("network-port", Words("!getattr !read write create delete")),
        ("node-device", Words("!getattr read write start stop detach delete")),
        ("nwfilter", Words("!getattr !read write save delete")),
        ("nwfilter-binding", Words("!getattr !read create delete")),
        ("secret", Words("!getattr !read write read-secure save delete")),
        ("storage-pool", Words("!getattr !read write save delete start stop refresh search-storage-vols format")),
        ("storage-vol", Words("!getattr !read create delete format resize data-read data-write")),
    ];

    static readonly string[][] actions = [.. table.Select(static kind =>
        kind.Rights.Select(right => $"org.libvirt.api.{kind.Name}.{right.TrimStart('!')}").ToArray())];

    const int Prefix = 16; // "org.libvirt.api."

    static readonly string[][] names = [.. actions.Select(static kind => kind.Select(static action => action[Prefix..]).ToArray())];

    static string[] Words(string text) => text.Split(' ');

    /// <summary>Kind and permission with a dot between, as "domain.read-secure".</summary>
    public string Name => names[(int)Object][Number];

    /// <summary>The polkit action, "org.libvirt.api.domain.read-secure".</summary>
    public string Action => actions[(int)Object][Number];

    /// <summary>Whether libvirt grants it to anybody who may connect, unless a policy takes it away.</summary>
    public bool Anonymous => table[(int)Object].Rights[Number][0] == '!';

    /// <summary>All of them.</summary>
    public static IEnumerable<AccessRight> All =>
        Enum.GetValues<AccessObject>().SelectMany(static kind => Enumerable.Range(0, CountOf(kind)).Select(number => new AccessRight(kind, number)));

    /// <summary>How many rights there are on this kind of object.</summary>
    public static int CountOf(AccessObject kind) => table[(int)kind].Rights.Length;

    /// <summary>The kind's name, "storage-vol".</summary>
    public static string NameOf(AccessObject kind) => table[(int)kind].Name;

    /// <summary>The kind of this name; null: there is none.</summary>
    public static AccessObject? FindObject(string name) =>
        Array.FindIndex(table, kind => kind.Name == name) is >= 0 and var at ? (AccessObject)at : null;

    /// <summary>The right of this name, "domain.start"; null: there is none.</summary>
    public static AccessRight? Find(string name)
    {
        foreach (string[] kind in names)
            if (Array.IndexOf(kind, name) is >= 0 and var number)
                return new((AccessObject)Array.IndexOf(names, kind), number);
        return null;
    }

    /// <summary>A right on the connection.</summary>
    public static implicit operator AccessRight(ConnectRight right) => new(AccessObject.Connect, (int)right);
    /// <summary>A right on a domain.</summary>
    public static implicit operator AccessRight(DomainRight right) => new(AccessObject.Domain, (int)right);
    /// <summary>A right on an interface.</summary>
    public static implicit operator AccessRight(InterfaceRight right) => new(AccessObject.Interface, (int)right);
    /// <summary>A right on a network.</summary>
    public static implicit operator AccessRight(NetworkRight right) => new(AccessObject.Network, (int)right);
    /// <summary>A right on a network port.</summary>
    public static implicit operator AccessRight(NetworkPortRight right) => new(AccessObject.NetworkPort, (int)right);
    /// <summary>A right on a node device.</summary>
    public static implicit operator AccessRight(NodeDeviceRight right) => new(AccessObject.NodeDevice, (int)right);
    /// <summary>A right on a filter.</summary>
    public static implicit operator AccessRight(NwFilterRight right) => new(AccessObject.NwFilter, (int)right);
    /// <summary>A right on a filter binding.</summary>
    public static implicit operator AccessRight(NwFilterBindingRight right) => new(AccessObject.NwFilterBinding, (int)right);
    /// <summary>A right on a secret.</summary>
    public static implicit operator AccessRight(SecretRight right) => new(AccessObject.Secret, (int)right);
    /// <summary>A right on a pool.</summary>
    public static implicit operator AccessRight(StoragePoolRight right) => new(AccessObject.StoragePool, (int)right);
    /// <summary>A right on a volume.</summary>
    public static implicit operator AccessRight(StorageVolumeRight right) => new(AccessObject.StorageVolume, (int)right);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
