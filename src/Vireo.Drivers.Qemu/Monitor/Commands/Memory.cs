using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Writes a piece of the guest's memory to a file.</summary>
/// <param name="IsPhysical">The address is the machine's, not what the first CPU sees.</param>
/// <param name="Start">The address.</param>
/// <param name="Bytes">How much.</param>
/// <param name="File">The file.</param>
public sealed record SaveMemory(bool IsPhysical, ulong Start, ulong Bytes, string File) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => IsPhysical ? "pmemsave" : "memsave";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteNumber("val", Start);
        json.WriteNumber("size", Bytes);
        json.WriteString("filename", File);
    }
}

/// <summary>Writes the guest's whole memory for a debugger.</summary>
/// <param name="Protocol">Where to: "fd:NAME".</param>
/// <param name="Format">elf, kdump-zlib, kdump-lzo, kdump-snappy or win-dmp; null: elf.</param>
/// <param name="Detach">The answer does not wait for the end, which is an event.</param>
public sealed record DumpGuestMemory(string Protocol, string? Format, bool Detach) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "dump-guest-memory";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteBoolean("paging", false);
        json.WriteString("protocol", Protocol);
        if (Detach)
            json.WriteBoolean("detach", true);
        json.WriteGiven("format", Format);
    }
}

/// <summary>Puts a secret into the memory of an encrypted guest before it runs.</summary>
/// <param name="Header">The secret's header, in base 64.</param>
/// <param name="Secret">The secret, in base 64.</param>
/// <param name="Address">Where; null: where its firmware says.</param>
public sealed record SevInjectLaunchSecret(string Header, string Secret, ulong? Address) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "sev-inject-launch-secret";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("packet-header", Header);
        json.WriteString("secret", Secret);
        if (Address is { } address)
            json.WriteNumber("gpa", address);
    }
}
