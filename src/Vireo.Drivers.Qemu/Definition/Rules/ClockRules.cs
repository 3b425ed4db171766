using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Time sources that only some machines have.</summary>
sealed class ClockRules : IRules<ClockDef, RuledMachine>
{
    public static void Check(ClockDef element, RuledMachine document, Findings found)
    {
        foreach (TimerDef timer in element.Timers)
            switch (timer.Name)
            {
                case TimerName.Platform:
                    found.Unsupported(timer, "unsupported timer type (name) 'platform'");
                    break;
                case TimerName.Tsc or TimerName.KvmClock or TimerName.HypervClock when !document.Type.IsX86 && timer.Present is not false:
                case TimerName.ArmVTimer when !document.Type.IsArmVirt || document.Def.Type is not DomainType.Kvm:
                    found.Unsupported(timer, $"Configuring the '{timer.Name.ToXml()}' timer is not supported for "
                        + $"virtType={document.Def.Type.ToXml()} arch={document.Def.Os.Arch} machine={document.Def.Os.Machine} guests");
                    break;
                case TimerName.Pit when timer.TickPolicy is TickPolicy.Merge:
                    found.Unsupported(timer, "unsupported pit tickpolicy 'merge'");
                    break;
                case TimerName.Rtc when timer.TickPolicy is TickPolicy.Merge or TickPolicy.Discard:
                    found.Unsupported(timer, $"unsupported rtc timer tickpolicy '{timer.TickPolicy.Value.ToXml()}'");
                    break;
                case TimerName.Rtc when timer.Track is TimerTrack.Boot:
                    found.Unsupported(timer, $"unsupported rtc timer track '{timer.Track.Value.ToXml()}'");
                    break;
            }
    }
}
