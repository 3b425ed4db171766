using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>What the steps of either side have in common: who they are, and how cookies become bytes.</summary>
static class MigrationSide
{
    /// <summary>Reads the other side's cookie; nothing was sent: null.</summary>
    internal static MigrationCookie? Read(QemuKeeper keeper, byte[] cookie, CookieParts wanted, string name, Uuid uuid)
    {
        if (cookie.Length == 0) return null;
        string text = System.Text.Encoding.UTF8.GetString(cookie).TrimEnd('\0');
        return text.Length == 0 ? null : MigrationCookie.Parse(text, wanted, new CookieReader(name, uuid, keeper.Node.Uuid));
    }

    /// <summary>A cookie without any part.</summary>
    internal static async ValueTask<MigrationCookie> NewAsync(QemuKeeper keeper, string name, Uuid uuid) => new()
    {
        Name = name, Uuid = uuid, HostName = await keeper.Node.HostnameAsync().ConfigureAwait(false), HostUuid = keeper.Node.Uuid,
    };

    /// <summary>The bytes of a cookie, as text that ends with a zero.</summary>
    internal static byte[] Bytes(MigrationCookie cookie)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(cookie.ToXml() + '\0');
        return bytes.Length <= MigrationCookie.SizeLimit ? bytes
            : throw VireoException.Internal(ErrorDomain.Qemu, $"migration cookie of more than {MigrationCookie.SizeLimit} characters");
    }

    /// <summary>Features that the other side must know.</summary>
    internal static MigrationCookie Demanding(this MigrationCookie cookie, CookieParts parts) => cookie with { Features = CookieFeature.Of(parts) };

    /// <summary>Only one who changes what vCPUs or memory there is needs the other side to know how.</summary>
    internal static CookieParts HotplugOf(DomainDef def)
    {
        CookieParts parts = CookieParts.None;
        if (def.MaxMemory is not null) parts |= CookieParts.MemoryHotplug;
        uint order = 0;
        bool gap = false;
        foreach (var vcpu in def.Vcpus)
        {
            bool on = vcpu.Enabled;
            if (on && (gap || (vcpu.Order is { } number && number < order))) parts |= CookieParts.CpuHotplug;
            gap |= !on;
            order = on ? vcpu.Order ?? order : order;
        }
        return parts;
    }
}
