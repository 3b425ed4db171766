using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Smart card readers, on the bus of a CCID controller.</summary>
sealed class SmartcardPlanner : IDevicePlanner<Smartcard>
{
    const string DefaultDatabase = "/etc/pki/nssdb";

    public DevicePlan Plan(Smartcard card, PlanContext at)
    {
        switch (card.Mode)
        {
            case SmartcardMode.OfCertificates made:
                return new DevicePlan
                {
                    Frontends =
                    [
                        new QemuDevice("ccid-card-emulated")
                        {
                            { "backend", "certificates" },
                            { "cert1", made.Certificates.ElementAtOrDefault(0) },
                            { "cert2", made.Certificates.ElementAtOrDefault(1) },
                            { "cert3", made.Certificates.ElementAtOrDefault(2) },
                            { "db", made.Database ?? DefaultDatabase },
                            { "id", card.Alias },
                            at.Address(card),
                        },
                    ],
                };
            case SmartcardMode.OfPassthrough elsewhere:
                string id = $"char{card.Alias}";
                CharacterParts source = CharacterBackend.Plan(elsewhere.Source, id, card.Alias ?? "", at, spice: "smartcard");
                return new DevicePlan
                {
                    Host = source.Host,
                    Backends = source.Parts,
                    Frontends = [new QemuDevice("ccid-card-passthru") { { "chardev", id }, { "id", card.Alias }, at.Address(card) }],
                };
            default:
                return new DevicePlan
                {
                    Frontends = [new QemuDevice("ccid-card-emulated") { { "backend", "nss-emulated" }, { "id", card.Alias }, at.Address(card) }],
                };
        }
    }
}
