using System.Text;

namespace Vireo.Tests.Drivers.NodeDevice;

/// <summary>
/// Devices of a host that is not there: /sys, /dev and udev's records below a folder. <c>data/tree.txt</c> lists them: "@ PATH bus=NAME [driver=NAME]" or "class=NAME" begins a
/// device, and each line after it is one thing of it.
/// </summary>
sealed class FakeDevices : IDisposable
{
    internal static readonly string Data = Path.Join(AppContext.BaseDirectory, "Drivers.NodeDevice", "data");

    string path = "", subsystem = "";
    bool isBus;
    readonly List<string> uevent = [], udev = [];

    internal FakeDevices(bool udev = true, string? tree = null)
    {
        HasUdev = udev;
        foreach (string line in File.ReadLines(tree ?? Path.Join(Data, "tree.txt")))
            Take(line);
        Finish();
    }

    internal string Root { get; } = Directory.CreateTempSubdirectory("devices").FullName;

    bool HasUdev { get; }

    internal string Sys => Root + "/sys";

    /// <summary>Makes a device of the lines of a tree.</summary>
    internal void Add(params string[] lines)
    {
        foreach (string line in lines)
            Take(line);
        Finish();
    }

    void Take(string line)
    {
        string[] words = line.Split(' ');
        string rest = words.Length > 2 ? string.Join(' ', words[2..]) : "";
        switch (words[0])
        {
            case "@":
                Finish();
                path = words[1];
                string[] kind = words[2].Split('=');
                (isBus, subsystem) = (kind[0] is "bus", kind[1]);
                Directory.CreateDirectory($"{Sys}/{path}");
                if (words.Length > 3)
                    Link($"bus/{subsystem}/drivers/{words[3].Split('=')[1]}", $"{path}/driver");
                break;
            case "uevent":
                uevent.AddRange(words[1..]);
                break;
            case "udev":
                udev.AddRange(words[1..].Select(static word => "E:" + word));
                break;
            case "udevlink":
                udev.Add("S:" + words[1]);
                break;
            case "attr":
                Write($"{Sys}/{path}/{words[1]}", rest + "\n");
                break;
            case "hex":
                File.WriteAllBytes($"{Sys}/{path}/{words[1]}", Convert.FromHexString(rest));
                break;
            case "link":
                Directory.CreateDirectory(Path.GetDirectoryName($"{Sys}/{path}/{words[1]}")!);
                File.CreateSymbolicLink($"{Sys}/{path}/{words[1]}", words[2]);
                break;
            case "iommu":
                Link($"kernel/iommu_groups/{words[1]}", $"{path}/iommu_group");
                Link(path, $"kernel/iommu_groups/{words[1]}/devices/{Path.GetFileName(path)}");
                break;
            case "pci":
                File.WriteAllBytes($"{Sys}/{path}/config", Configuration(words.ElementAtOrDefault(4)));
                break;
            case "devnode":
                Write($"{Root}/dev/{words[1]}", "");
                break;
        }
    }

    void Finish()
    {
        if (path.Length == 0)
            return;
        Write($"{Sys}/{path}/uevent", string.Concat(uevent.Select(static word => word + "\n")));
        string name = Path.GetFileName(path), folder = isBus ? $"bus/{subsystem}" : $"class/{subsystem}";
        Link(folder, $"{path}/subsystem");
        Link(path, isBus ? $"{folder}/devices/{name}" : $"{folder}/{name}");
        if (HasUdev && udev.Count > 0)
            Write($"{Root}/run/udev/data/{Id(name)}", string.Concat(udev.Select(static line => line + "\n")));
        path = "";
        uevent.Clear();
        udev.Clear();
    }

    string Id(string name)
    {
        string? Of(string key) => uevent.FirstOrDefault(word => word.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];
        return Of("MAJOR") is { } major ? $"{(subsystem is "block" ? 'b' : 'c')}{major}:{Of("MINOR")}" : subsystem is "net" ? "n" + Of("IFINDEX") : $"+{subsystem}:{name}";
    }

    // The header's kind, and a capability of PCI Express at 0x40: kind of port, link as it could be (5 GT/s, 4 lanes, port 1) and as it is.
    static byte[] Configuration(string? kind)
    {
        byte[] bytes = new byte[256];
        bytes[0x0e] = kind switch { "bridge" => 1, "cardbus" => 2, _ => 0 };
        if (kind is not ("express" or "bridge" or "rcep"))
            return bytes;
        bytes[6] = 0x10;
        bytes[0x34] = 0x40;
        bytes[0x40] = 0x10;
        bytes[0x42] = kind switch { "bridge" => 0x42, "rcep" => 0x92, _ => 0x02 };
        bytes[0x4c] = 0x42;
        bytes[0x4f] = 1;
        bytes[0x52] = kind is "bridge" ? (byte)0x41 : (byte)0x42;
        return bytes;
    }

    void Link(string to, string from)
    {
        Directory.CreateDirectory($"{Sys}/{to}");
        string file = $"{Sys}/{from}", folder = Path.GetDirectoryName(file)!;
        Directory.CreateDirectory(folder);
        File.CreateSymbolicLink(file, Path.GetRelativePath(folder, $"{Sys}/{to}"));
    }

    static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Takes a device away.</summary>
    internal void Remove(string device)
    {
        string whole = $"{Sys}/{device}";
        foreach (string folder in Directory.GetDirectories(Sys + "/class").Concat(Directory.GetDirectories(Sys + "/bus").Select(static bus => bus + "/devices")).Where(Directory.Exists))
            foreach (string link in Directory.GetFileSystemEntries(folder))
                if (new FileInfo(link).LinkTarget is { } target && (Path.GetFullPath(target, folder) + "/").StartsWith(whole + "/", StringComparison.Ordinal))
                    File.Delete(link);
        Directory.Delete($"{Sys}/{device}", recursive: true);
    }

    /// <summary>An mdevctl that keeps its devices in files, makes what it starts in this tree, and writes down how it was called.</summary>
    internal string Mdevctl()
    {
        string file = Root + "/mdevctl";
        string state = Root + "/mdev";
        Directory.CreateDirectory(state);
        File.WriteAllText(file, $$"""
            #!/bin/sh
            S={{state}} V=$1 U= P= J= A=
            echo "$*" >> $S/calls
            shift
            while [ $# -gt 0 ]; do case $1 in
              --uuid=*) U=${1#*=};; --uuid) U=$2; shift;; --parent=*) P=${1#*=};; --jsonfile=*) J=1;; --defined) A=defined;; --auto) A=auto;; --manual) A=manual;;
            esac; shift; done
            make() {
              D={{Sys}}/devices/pci0000:00/$(cat $S/$U.parent)/$U
              mkdir -p $D {{Sys}}/bus/mdev/devices; echo DRIVER=vfio_mdev > $D/uevent
              ln -s ../mdev_supported_types/i915-GVTg_V5_4 $D/mdev_type; ln -s {{Sys}}/bus/mdev $D/subsystem; ln -s $D {{Sys}}/bus/mdev/devices/$U; }
            case $V in
            list) [ -n "$(ls $S | grep '\.defined$')" ] || { echo '[]'; exit; }
              echo '[{'; n=; for f in $S/*.defined; do u=$(basename $f .defined); [ -z "$n" ] || echo ,; n=1
                printf '"%s":[{"%s":%s}]' "$(cat $S/$u.parent)" $u "$(sed "s/\"start\":\"[a-z]*\"/\"start\":\"$(cat $S/$u.start)\"/" $S/$u.json)"; done; echo '}]';;
            define|start) [ -n "$U" ] || { U=5d1d02c5-0000-4000-8000-000000000001; echo $U; }
              [ -z "$J" ] || { cat > $S/$U.json; echo $P > $S/$U.parent; echo manual > $S/$U.start; }
              [ -f $S/$U.json ] || { echo "Config for $U does not exist" >&2; exit 1; }
              if [ $V = define ]; then : > $S/$U.defined; else make; fi;;
            stop) rm -r {{Sys}}/devices/pci0000:00/$(cat $S/$U.parent)/$U {{Sys}}/bus/mdev/devices/$U;;
            undefine) rm $S/$U.defined;;
            modify) echo $A > $S/$U.start;;
            esac
            """);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>How mdevctl was called.</summary>
    internal string[] MdevctlCalls => File.Exists(Root + "/mdev/calls") ? File.ReadAllLines(Root + "/mdev/calls") : [];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
