using System.Text;
using System.Text.Json;
using Vireo.Core.Errors;

namespace Vireo.Hypervisor.Switches;

/// <summary>What a port has moved, as its guest sees it.</summary>
public readonly record struct PortTraffic
{
    /// <summary>Received; -1: the switch does not say.</summary>
    public long ReceivedBytes { get; init; }

    /// <inheritdoc cref="ReceivedBytes"/>
    public long ReceivedPackets { get; init; }

    /// <inheritdoc cref="ReceivedBytes"/>
    public long ReceivedErrors { get; init; }

    /// <inheritdoc cref="ReceivedBytes"/>
    public long ReceivedDrops { get; init; }

    /// <summary>Sent; -1: the switch does not say.</summary>
    public long SentBytes { get; init; }

    /// <inheritdoc cref="SentBytes"/>
    public long SentPackets { get; init; }

    /// <inheritdoc cref="SentBytes"/>
    public long SentErrors { get; init; }

    /// <inheritdoc cref="SentBytes"/>
    public long SentDrops { get; init; }
}

/// <summary>Reads what ovs-vsctl answers.</summary>
public static class SwitchAnswers
{
    static readonly string[] told = ["rx_bytes", "rx_packets", "rx_errors", "rx_dropped", "tx_bytes", "tx_packets", "tx_errors", "tx_dropped"];

    /// <summary>Reads <c>get Interface NAME statistics</c>: a map of OVSDB, <c>["map",[[NAME,NUMBER],...]]</c>, seen from the switch.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.InternalError"/>: it is no such map.</exception>
    public static PortTraffic Statistics(string json)
    {
        try
        {
            using var answer = JsonDocument.Parse(json);
            JsonElement pairs = answer.RootElement[1];
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (JsonElement pair in pairs.EnumerateArray())
                counts[pair[0].GetString()!] = pair[1].GetInt64();
            if (!told.Any(counts.ContainsKey))
                throw VireoException.Internal(ErrorDomain.None, "Interface doesn't have any statistics");
            long Count(string name) => counts.GetValueOrDefault(name, -1);
            return new PortTraffic
            {
                ReceivedBytes = Count("tx_bytes"), ReceivedPackets = Count("tx_packets"), ReceivedErrors = Count("tx_errors"), ReceivedDrops = Count("tx_dropped"),
                SentBytes = Count("rx_bytes"), SentPackets = Count("rx_packets"), SentErrors = Count("rx_errors"), SentDrops = Count("rx_dropped"),
            };
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentNullException)
        {
            throw VireoException.Internal(ErrorDomain.None, "Unable to parse ovs-vsctl output", bad);
        }
    }

    /// <summary>The name in an answer: as it is, or between quotes with backslashes before quotes and backslashes.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.InternalError"/>: a quote or what follows a backslash is missing.</exception>
    public static string Name(string answer)
    {
        if (!answer.StartsWith('"'))
            return answer;
        var name = new StringBuilder(answer.Length);
        for (int i = 1; i < answer.Length; i++)
        {
            if (answer[i] == '"' && i == answer.Length - 1)
                return name.ToString();
            if (answer[i] == '\\' && ++i == answer.Length)
                break;
            name.Append(answer[i]);
        }
        throw VireoException.Internal(ErrorDomain.None, $"malformed name '{answer}' of ovs-vsctl");
    }
}
