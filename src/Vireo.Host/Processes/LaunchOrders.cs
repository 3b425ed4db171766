using System.Text;

namespace Vireo.Host.Processes;

/// <summary>
/// What the launcher is told, in the form in which it travels: both sides are built from this file.
/// </summary>
sealed class LaunchOrders
{
    /// <summary>The descriptor from which the launcher reads its orders.</summary>
    public const int OrdersAt = 3;
    /// <summary>The descriptor into which it writes what failed; closed by a successful start.</summary>
    public const int ReplyAt = 4;
    /// <summary>Where the descriptors for the program begin, in the order of <see cref="Targets"/>.</summary>
    public const int FirstPassed = 5;
    /// <summary>"As the daemon".</summary>
    public const int Same = int.MinValue;

    public string Program { get; set; } = "";
    public string[] Arguments { get; set; } = [];
    public string[] Environment { get; set; } = [];
    public string Folder { get; set; } = "/";
    public int[] Targets { get; set; } = [];
    public bool NewSession { get; set; }
    public int ParentPid { get; set; }
    public bool DiesWithParent { get; set; }
    public bool PrivateMounts { get; set; }
    public bool OwnDev { get; set; }                // the file system's descriptor is behind those of Targets
    public string[] DevMounts { get; set; } = [];
    public int Umask { get; set; } = Same;
    public int Nice { get; set; } = Same;
    public int OomScoreAdjust { get; set; } = Same;
    public int[] Processors { get; set; } = [];
    public long User { get; set; } = Same;
    public long Group { get; set; } = Same;
    public bool SetGroups { get; set; }
    public int[] Groups { get; set; } = [];
    public string[] Cgroups { get; set; } = [];
    public ulong[] Limits { get; set; } = [];       // resource, soft, hard, ...

    public string ExecLabel { get; set; } = "";     // empty: none
    public string GreetSocket { get; set; } = "";   // empty: nobody
    public byte[] Greeting { get; set; } = [];
    public int[] GreetPidAt { get; set; } = [];
    public int GreetReplies { get; set; }
    public int GreetAt { get; set; }

    public byte[] ToBytes()
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Program);
        Write(writer, Arguments, static (w, v) => w.Write(v));
        Write(writer, Environment, static (w, v) => w.Write(v));
        writer.Write(Folder);
        Write(writer, Targets, static (w, v) => w.Write(v));
        writer.Write(NewSession);
        writer.Write(ParentPid);
        writer.Write(DiesWithParent);
        writer.Write(PrivateMounts);
        writer.Write(OwnDev);
        Write(writer, DevMounts, static (w, v) => w.Write(v));
        writer.Write(Umask);
        writer.Write(Nice);
        writer.Write(OomScoreAdjust);
        Write(writer, Processors, static (w, v) => w.Write(v));
        writer.Write(User);
        writer.Write(Group);
        writer.Write(SetGroups);
        Write(writer, Groups, static (w, v) => w.Write(v));
        Write(writer, Cgroups, static (w, v) => w.Write(v));
        Write(writer, Limits, static (w, v) => w.Write(v));
        writer.Write(ExecLabel);
        writer.Write(GreetSocket);
        Write(writer, Greeting, static (w, v) => w.Write(v));
        Write(writer, GreetPidAt, static (w, v) => w.Write(v));
        writer.Write(GreetReplies);
        writer.Write(GreetAt);
        writer.Flush();
        return bytes.ToArray();
    }

    public static LaunchOrders Read(Stream from)
    {
        using var reader = new BinaryReader(from, Encoding.UTF8);
        return new LaunchOrders
        {
            Program = reader.ReadString(),
            Arguments = Read(reader, static r => r.ReadString()),
            Environment = Read(reader, static r => r.ReadString()),
            Folder = reader.ReadString(),
            Targets = Read(reader, static r => r.ReadInt32()),
            NewSession = reader.ReadBoolean(),
            ParentPid = reader.ReadInt32(),
            DiesWithParent = reader.ReadBoolean(),
            PrivateMounts = reader.ReadBoolean(),
            OwnDev = reader.ReadBoolean(),
            DevMounts = Read(reader, static r => r.ReadString()),
            Umask = reader.ReadInt32(),
            Nice = reader.ReadInt32(),
            OomScoreAdjust = reader.ReadInt32(),
            Processors = Read(reader, static r => r.ReadInt32()),
            User = reader.ReadInt64(),
            Group = reader.ReadInt64(),
            SetGroups = reader.ReadBoolean(),
            Groups = Read(reader, static r => r.ReadInt32()),
            Cgroups = Read(reader, static r => r.ReadString()),
            Limits = Read(reader, static r => r.ReadUInt64()),
            ExecLabel = reader.ReadString(),
            GreetSocket = reader.ReadString(),
            Greeting = Read(reader, static r => r.ReadByte()),
            GreetPidAt = Read(reader, static r => r.ReadInt32()),
            GreetReplies = reader.ReadInt32(),
            GreetAt = reader.ReadInt32(),
        };
    }

    static void Write<T>(BinaryWriter writer, T[] values, Action<BinaryWriter, T> write)
    {
        writer.Write(values.Length);
        foreach (T value in values)
            write(writer, value);
    }

    static T[] Read<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var values = new T[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
            values[i] = read(reader);
        return values;
    }
}
