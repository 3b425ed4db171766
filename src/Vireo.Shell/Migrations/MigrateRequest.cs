using System.Globalization;
using Vireo.Core.TypedParameters;
using Vireo.Driver;

namespace Vireo.Shell.Migrations;

/// <summary>What <c>vireo migrate --explain</c> was asked: virsh's words for a migration.</summary>
sealed record MigrateRequest(string Domain, string Target, string? Connect, DomainMigrateFlags Flags, IReadOnlyList<TypedParameter> Parameters, string? Xml)
{
    static readonly Dictionary<string, DomainMigrateFlags> flags = new(StringComparer.Ordinal)
    {
        ["--live"] = DomainMigrateFlags.Live, ["--offline"] = DomainMigrateFlags.Offline, ["--p2p"] = DomainMigrateFlags.PeerToPeer, ["--tunnelled"] = DomainMigrateFlags.Tunnelled,
        ["--persistent"] = DomainMigrateFlags.PersistDest, ["--undefinesource"] = DomainMigrateFlags.UndefineSource, ["--suspend"] = DomainMigrateFlags.Paused,
        ["--copy-storage-all"] = DomainMigrateFlags.NonSharedDisk, ["--copy-storage-inc"] = DomainMigrateFlags.NonSharedInc, ["--unsafe"] = DomainMigrateFlags.Unsafe,
        ["--compressed"] = DomainMigrateFlags.Compressed, ["--auto-converge"] = DomainMigrateFlags.AutoConverge, ["--rdma-pin-all"] = DomainMigrateFlags.RdmaPinAll,
        ["--abort-on-error"] = DomainMigrateFlags.AbortOnError, ["--postcopy"] = DomainMigrateFlags.Postcopy, ["--tls"] = DomainMigrateFlags.Tls,
        ["--parallel"] = DomainMigrateFlags.Parallel, ["--zerocopy"] = DomainMigrateFlags.Zerocopy, ["--change-protection"] = DomainMigrateFlags.ChangeProtection,
        ["--copy-storage-synchronous-writes"] = DomainMigrateFlags.NonSharedSynchronousWrites,
    };

    static readonly Dictionary<string, string> texts = new(StringComparer.Ordinal)
    {
        ["--migrateuri"] = "migrate_uri", ["--dname"] = "destination_name", ["--disks-uri"] = "disks_uri", ["--listen-address"] = "listen_address", ["--graphicsuri"] = "graphics_uri",
        ["--tls-destination"] = "tls.destination",
    };

    /// <summary>Reads the words after "migrate"; null: they make no sense.</summary>
    public static MigrateRequest? Parse(IReadOnlyList<string> words)
    {
        List<string> names = [];
        List<TypedParameter> parameters = [];
        (string? connect, string? xml, bool explain, DomainMigrateFlags asked) = (null, null, false, DomainMigrateFlags.None);
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            string? next = i + 1 < words.Count ? words[i + 1] : null;
            if (word is "--explain") explain = true;
            else if (flags.TryGetValue(word, out var flag)) asked |= flag;
            else if (word is not ['-', ..]) names.Add(word);
            else if (next is null) return null;
            else
            {
                i++;
                if (word is "-c" or "--connect") connect = next;
                else if (word is "--xml") xml = next;
                else if (texts.TryGetValue(word, out string? name)) parameters.Add(new(name, next));
                else if (word is "--migrate-disks") parameters.AddRange(next.Split(',').Select(static disk => new TypedParameter("migrate_disks", disk)));
                else if (word is "--disks-port" && int.TryParse(next, CultureInfo.InvariantCulture, out int port)) parameters.Add(new("disks_port", port));
                else return null;
            }
        }
        return explain && names.Count == 2 ? new MigrateRequest(names[0], names[1], connect, asked, parameters, xml) : null;
    }
}
