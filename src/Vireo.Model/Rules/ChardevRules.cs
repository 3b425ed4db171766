using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>Streams of bytes; the document is the device that has one.</summary>
public sealed class ChardevRules : IRules<ChardevSource, Device>
{
    /// <inheritdoc/>
    public static void Check(ChardevSource element, Device document, Findings found)
    {
        if (element is ChardevSource.OfUdp { Ends.Count: > 2 })
            found.Wrong(document, "only two source elements are allowed for character device");
        Reconnect? reconnect = element switch
        {
            ChardevSource.OfTcp tcp => tcp.Reconnect,
            ChardevSource.OfUnix unix => unix.Reconnect,
            _ => null,
        };
        if (reconnect is { Enabled: true, Timeout: null })
            found.Add(reconnect, ErrorCode.XmlError, "Missing required attribute 'timeout' in element 'reconnect'", ErrorDomain.Xml);
        if (Missing(element, document) is { } missing)
            found.Add(document, ErrorCode.InternalError, $"Missing source {missing} attribute for char device");
        if (element is ChardevSource.OfNmdm { Master: null } or ChardevSource.OfNmdm { Slave: null })
            found.Wrong(document, "Should define both master and slave path attributes for nmdm device");
        if (reconnect is { Enabled: true } && element is ChardevSource.OfTcp { Mode: ChardevMode.Bind } or ChardevSource.OfUnix { Mode: ChardevMode.Bind })
            found.Add(document, ErrorCode.InternalError, "chardev reconnect is possible only for connect mode");
    }

    static string? Missing(ChardevSource source, Device device) => source switch
    {
        ChardevSource.OfFile { Path: null } or ChardevSource.OfDevice { Path: null } or ChardevSource.OfPipe { Path: null } => "path",
        ChardevSource.OfUnix { Path: null } when device is not Channel => "path",
        ChardevSource.OfTcp { Host: null } => "host",
        ChardevSource.OfTcp { Service: null } => "service",
        ChardevSource.OfUdp udp when !udp.Ends.Any(static e => e is { Mode: not ChardevMode.Bind, Service: not null }) => "service",
        _ => null,
    };
}
