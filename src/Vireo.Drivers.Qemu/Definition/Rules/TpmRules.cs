using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Trusted platform modules: what the binary has, and one of each kind.</summary>
sealed class TpmRules : IRules<Tpm, RuledMachine>
{
    public static void Check(Tpm element, RuledMachine document, Findings found)
    {
        if (element.Model is { } model)
        {
            string word = model.ToXml();
            if (element.Backend is TpmBackend.OfEmulator { Version: TpmVersion.V1_2 } && model is TpmModel.Crb or TpmModel.Spapr)
                found.Unsupported(element, $"Unsupported interface '{word}' for TPM 1.2");
            if (!document.Facts.Has(word))
                found.Unsupported(element, $"The QEMU executable {document.Facts.Emulator} does not support TPM model {word}");
        }
        foreach (Tpm other in document.Def.Devices.Tpms)
        {
            if (ReferenceEquals(other, element))
                break;
            bool proxy = element.Model is TpmModel.SpaprProxy;
            if (proxy == other.Model is TpmModel.SpaprProxy)
                found.Unsupported(element, proxy ? "only a single TPM Proxy device is supported" : "only a single TPM non-proxy device is supported");
        }
    }
}
