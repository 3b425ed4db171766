using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Tells a display's clients where the machine goes.</summary>
/// <param name="Protocol">"spice" or "vnc".</param>
/// <param name="Host">The other host.</param>
/// <param name="Port">Its port; null: none.</param>
/// <param name="TlsPort">Its port with TLS; null: none.</param>
/// <param name="CertSubject">Whom its certificate names; null: the host.</param>
public sealed record ClientMigrateInfo(string Protocol, string Host, int? Port, int? TlsPort, string? CertSubject) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "client_migrate_info";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("protocol", Protocol);
        json.WriteString("hostname", Host);
        if (Port is { } port)
            json.WriteNumber("port", port);
        if (TlsPort is { } secure)
            json.WriteNumber("tls-port", secure);
        json.WriteGiven("cert-subject", CertSubject);
    }
}

/// <summary>Hands a client's connection to a display.</summary>
/// <param name="Protocol">"spice", "vnc" or "@dbus-display".</param>
/// <param name="Descriptor">The name of the descriptor that was passed before.</param>
/// <param name="SkipAuth">No password is asked.</param>
public sealed record AddClient(string Protocol, string Descriptor, bool SkipAuth) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "add_client";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("protocol", Protocol);
        json.WriteString("fdname", Descriptor);
        json.WriteBoolean("skipauth", SkipAuth);
    }
}

/// <summary>Writes a picture of a screen to a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Device">The graphics card; null: the first.</param>
/// <param name="Head">Which of its screens; counts with a card only.</param>
/// <param name="Format">"ppm" or "png"; null: ppm.</param>
public sealed record ScreenDump(string File, string? Device, uint Head, string? Format) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "screendump";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteGiven("device", Device);
        if (Device is not null)
            json.WriteNumber("head", Head);
        json.WriteGiven("format", Format);
        json.WriteString("filename", File);
    }
}
