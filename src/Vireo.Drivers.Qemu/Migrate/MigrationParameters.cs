using System.Globalization;
using System.Text.Json;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Status;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>
/// The emulator's settings of a migration: read before it, kept in the status file, and put back after it. Those are kept that this daemon may change;
/// the order is that of libvirt's files.
/// </summary>
public static class MigrationParameters
{
    enum Kind { Number, Text, Flag }

    static readonly (string Name, Kind Kind)[] known =
    [
        ("compress-level", Kind.Number), ("compress-threads", Kind.Number), ("decompress-threads", Kind.Number),
        ("cpu-throttle-initial", Kind.Number), ("cpu-throttle-increment", Kind.Number), ("tls-creds", Kind.Text), ("tls-hostname", Kind.Text),
        ("max-bandwidth", Kind.Number), ("downtime-limit", Kind.Number), ("block-incremental", Kind.Flag), ("xbzrle-cache-size", Kind.Number),
        ("max-postcopy-bandwidth", Kind.Number), ("multifd-channels", Kind.Number), ("multifd-compression", Kind.Text),
        ("multifd-zlib-level", Kind.Number), ("multifd-zstd-level", Kind.Number),
    ];

    /// <summary>What QEMU says of them.</summary>
    /// <param name="reply">The answer of query-migrate-parameters; what it does not have is left out.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: a setting of another type than it should have.</exception>
    public static ValueList<StatusMigrationParameter> Read(JsonElement reply)
    {
        var all = new List<StatusMigrationParameter>();
        foreach (var (name, kind) in known)
        {
            if (reply.Member(name) is not { } value)
                continue;
            string? text = (kind, value.ValueKind) switch
            {
                (Kind.Number, JsonValueKind.Number) => value.TryGetUInt64(out ulong number) ? number.ToString(CultureInfo.InvariantCulture) : null,
                (Kind.Text, JsonValueKind.String) => value.GetString(),
                (Kind.Text, JsonValueKind.Null) => "",
                (Kind.Flag, JsonValueKind.True) => "yes",
                (Kind.Flag, JsonValueKind.False) => "no",
                _ => null,
            };
            all.Add(new StatusMigrationParameter { Name = name, Value = text ?? throw QmpErrors.Malformed($"migration parameter '{name}' is {value}") });
        }
        return [.. all];
    }

    /// <summary>The settings of a status file, each once and in order.</summary>
    /// <exception cref="VireoException">VIR_ERR_XML_ERROR: one that is not known; VIR_ERR_INTERNAL_ERROR: a value of another type.</exception>
    public static ValueList<StatusMigrationParameter> Checked(IEnumerable<StatusMigrationParameter> written)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (StatusMigrationParameter one in written)
        {
            int at = Array.FindIndex(known, k => k.Name == one.Name);
            if (at < 0)
                throw new VireoException(ErrorCode.XmlError, ErrorDomain.Qemu, $"unknown migration parameter '{one.Name}'");
            bool fits = known[at].Kind switch
            {
                Kind.Number => ulong.TryParse(one.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
                Kind.Flag => one.Value is "yes" or "no",
                _ => true,
            };
            values[one.Name] = fits ? one.Value : throw VireoException.Internal(ErrorDomain.Qemu, $"invalid value '{one.Value}' for migration parameter '{one.Name}'");
        }
        return [.. known.Where(k => values.ContainsKey(k.Name)).Select(k => new StatusMigrationParameter { Name = k.Name, Value = values[k.Name] })];
    }

    internal static void Write(Utf8JsonWriter json, IEnumerable<StatusMigrationParameter> parameters)
    {
        foreach (StatusMigrationParameter one in parameters)
        {
            switch (Array.Find(known, k => k.Name == one.Name).Kind)
            {
                case Kind.Number:
                    // A caller's number may be none that QEMU takes: QEMU says so.
                    json.WriteNumber(one.Name, decimal.Parse(one.Value, CultureInfo.InvariantCulture));
                    break;
                case Kind.Flag:
                    json.WriteBoolean(one.Name, one.Value is "yes");
                    break;
                default:
                    json.WriteString(one.Name, one.Value);
                    break;
            }
        }
    }
}
