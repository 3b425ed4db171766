using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Guests whose memory the host cannot read: AMD's SEV, IBM's Secure Execution.</summary>
sealed class LaunchSecurityChapter : IChapter
{
    const string Id = "lsec0";

    public void Write(ArgumentWriter to)
    {
        switch (to.Machine.LaunchSecurity)
        {
            case LaunchSecurity.OfSev sev:
                SevFacts? host = to.Facts.Sev;
                to.Add(new QemuObject("sev-guest", Id)
                {
                    { "cbitpos", sev.CbitPos ?? host?.CBitPos },
                    { "reduced-phys-bits", sev.ReducedPhysBits ?? host?.ReducedPhysBits },
                    { "policy", sev.Policy },
                    { "dh-cert-file", File(sev.DhCert, "dh_cert.base64", to) },
                    { "session-file", File(sev.Session, "session.base64", to) },
                    { "kernel-hashes", sev.KernelHashes },
                });
                break;
            case LaunchSecurity.OfS390Pv:
                to.Add(new QemuObject("s390-pv-guest", Id));
                break;
        }
    }

    /// <summary>The machine's option that names the object.</summary>
    public static void AddToMachine(ArgumentWriter to, OptionText text)
    {
        if (to.Machine.LaunchSecurity is null)
            return;
        bool general = to.Machine.LaunchSecurity is LaunchSecurity.OfS390Pv || to.Facts.Has(QemuFlag.ConfidentialGuest);
        text.Add(general ? "confidential-guest-support" : "memory-encryption", Id);
    }

    static string? File(string? text, string name, ArgumentWriter to)
    {
        if (text is null)
            return null;
        string path = $"{to.Start.DomainDirectory}/{name}";
        to.Add(new HostStep.WriteFile(path, text));
        return path;
    }
}
