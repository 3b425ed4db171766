using Vireo.Host.Topology;

namespace Vireo.Drivers.NodeDevice.Sysfs;

/// <summary>The kernel's devices (sysfs) and what udev keeps of them. Paths are below /sys, with a slash before them.</summary>
/// <param name="root">What is before /sys, /dev and /run; empty on a real host.</param>
sealed class SysTree(string root)
{
    // Devices of a bus are in /sys/bus, those of a class in /sys/class; these are the ones that anybody is told of.
    static readonly string[] folders =
    [
        "/bus/pci/devices", "/bus/usb/devices", "/bus/scsi/devices", "/bus/mdev/devices", "/bus/vdpa/devices", "/bus/css/devices", "/bus/ccw/devices", "/bus/ap/devices", "/bus/matrix/devices",
        "/class/net", "/class/drm", "/class/block", "/class/scsi_generic",
    ];

    const string UdevData = "/run/udev/data";
    readonly HostTree host = new(root);
    readonly string sys = root + "/sys";

    /// <summary>Whether udev keeps records here at all.</summary>
    public bool HasUdev => host.Exists(UdevData);

    /// <summary>Where udev says that it runs.</summary>
    public string UdevControl => root + "/run/udev/control";

    /// <summary>All devices, each once.</summary>
    public IEnumerable<SysDevice> Devices()
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string folder in folders)
            foreach (string name in Names(folder))
                if (Resolve($"{folder}/{name}") is { } path && seen.Add(path) && Device(path) is { } device)
                    yield return device;
    }

    /// <summary>The device of a path; null: there is none.</summary>
    public SysDevice? Device(string path) => SysDevice.Open(this, path);

    /// <summary>Where a link leads; what is no link leads to itself. Null: out of /sys.</summary>
    public string? Resolve(string path)
    {
        try
        {
            if (new FileInfo(sys + path).LinkTarget is not { } target)
                return path;
            string whole = Path.GetFullPath(target, Path.GetFullPath(Path.GetDirectoryName(sys + path)!)), top = Path.GetFullPath(sys) + "/";
            return whole.StartsWith(top, StringComparison.Ordinal) ? whole[(top.Length - 1)..] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The last part of where a link leads; null: there is no such link.</summary>
    public string? LinkName(string path)
    {
        try
        {
            return new FileInfo(sys + path).LinkTarget is { } target ? Path.GetFileName(target) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What a file says, without line ends at its end; null: it cannot be read.</summary>
    public string? Text(string path) => host.Text("/sys" + path);

    /// <summary>Udev's record; null: it has none.</summary>
    public string? UdevRecord(string id) => host.Text($"{UdevData}/{id}");

    /// <summary>What a file holds; null: it cannot be read.</summary>
    public byte[]? Bytes(string path) => host.Bytes("/sys" + path);

    /// <summary>How long a file is said to be; 0: it is not there.</summary>
    public long Length(string path) => new FileInfo(sys + path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Whether there is such a file or folder.</summary>
    public bool Exists(string path) => host.Exists("/sys" + path);

    /// <summary>Whether there is such a file in /dev.</summary>
    public bool HasNode(string name) => host.Exists($"/dev/{name}");

    /// <summary>Names in a folder, in order; none if it cannot be read.</summary>
    public IReadOnlyList<string> Names(string path) => [.. host.Names("/sys" + path).Order(StringComparer.Ordinal)];

    /// <summary>Tells the kernel something.</summary>
    /// <exception cref="IOException">It does not take it.</exception>
    public void Write(string path, string text) => File.WriteAllText(sys + path, text);
}
