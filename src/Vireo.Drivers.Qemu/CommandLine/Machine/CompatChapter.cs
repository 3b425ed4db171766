using Vireo.Drivers.Qemu.Facts;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>What QEMU does with members of its monitor's commands that will go away: for tests of what speaks to it.</summary>
sealed class CompatChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        string behaviour = to.Written.Deprecation ?? to.Start.Deprecation;
        if (behaviour is not ("omit" or "reject" or "crash") || !to.Facts.Has(QemuFlag.CompatDeprecated))
            return;
        to.Add("-compat", new QemuProperties { { "deprecated-output", "hide" }, { "deprecated-input", behaviour is "omit" ? null : behaviour } }.ToJson());
    }
}
