using Vireo.Core.Errors;
using Vireo.Core.Values;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Migrate.Source;

/// <summary>Tells viewers of SPICE where the guest's screen goes.</summary>
static class ScreenRelocation
{
    internal static async ValueTask TellAsync(LiveQemu live, CookieGraphics? told, string? uri, string? host, CancellationToken cancel)
    {
        UriText? wished = uri is null ? null : UriText.Parse(uri);
        if (wished is { Scheme: not "spice" } || (wished is null && told is not { Type: CookieScreen.Spice })) return;
        string address = wished?.Server ?? told!.Listen;
        // Where it listens everywhere, the host's name leads there.
        if (address is "" or "0.0.0.0" or "::") address = host ?? address;
        int port = wished?.Port is > 0 and var written ? written : told?.Port ?? 0;
        int secure = Number(wished, "tlsPort") ?? told?.TlsPort ?? 0;
        if (port <= 0 && secure <= 0) return;
        string? subject = Text(wished, "tlsSubject") ?? told?.Certificates.FirstOrDefault(static c => c.Info is "subject")?.Value;
        try
        {
            await live.Monitor.RunAsync(new ClientMigrateInfo("spice", address, port > 0 ? port : null, secure > 0 ? secure : null, subject), cancel).ConfigureAwait(false);
        }
        catch (QmpRefusal e) when (e.IsUnknownCommand)
        {
            // A QEMU without SPICE has no viewers of it.
        }
    }

    static string? Text(UriText? uri, string name) => uri?.Parameters.FirstOrDefault(p => p.Key == name).Value;
    static int? Number(UriText? uri, string name) => int.TryParse(Text(uri, name), out int number) ? number : null;
}
