using System.Globalization;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>-rtc and what lost ticks mean.</summary>
sealed class ClockChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        ClockDef clock = to.Machine.Clock ?? new ClockDef();
        var text = new OptionText().Add("base", Base(clock, to));
        TimerDef? rtc = to.Machine.FindTimer(TimerName.Rtc);
        if (rtc?.Track is { } track)
            text.AddIf("clock", track switch { TimerTrack.Guest => "vm", TimerTrack.Wall => "host", TimerTrack.Realtime => "rt", _ => null });
        if (rtc?.TickPolicy is TickPolicy.Catchup)
            text.Add("driftfix", "slew");
        to.Add("-rtc", text);
        if (to.Machine.FindTimer(TimerName.Pit)?.TickPolicy is { } pit && to.Facts.Has(QemuFlag.KvmPitTickPolicy))
        {
            if (pit is TickPolicy.Delay)
                to.Add("-global", "kvm-pit.lost_tick_policy=delay");
            else if (pit is TickPolicy.Discard)
                to.Add("-global", "kvm-pit.lost_tick_policy=discard");
        }
        if (to.Machine.FindTimer(TimerName.Hpet)?.Present is false && to.Facts.Has(QemuFlag.NoHpet) && !to.Facts.Has(QemuFlag.MachineHpet))
            to.Add("-no-hpet");
    }

    static string Base(ClockDef clock, ArgumentWriter to)
    {
        switch (clock.Offset)
        {
            case ClockOffset.LocalTime or ClockOffset.TimeZone:
                if (clock.TimeZone is { } zone)
                    to.Environment.Add(new("TZ", zone));
                return "localtime";
            case ClockOffset.Absolute:
                return Text(DateTimeOffset.FromUnixTimeSeconds((long)(clock.Start ?? 0)));
            case ClockOffset.Variable:
                DateTimeOffset now = to.Start.Clock.GetUtcNow();
                if (clock.Basis is ClockBasis.LocalTime)
                    now = now.Add(to.Start.Clock.LocalTimeZone.GetUtcOffset(now));
                return Text(now.AddSeconds(long.TryParse(clock.Adjustment, out long seconds) ? seconds : 0));
            default:
                return "utc";
        }
    }

    static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
