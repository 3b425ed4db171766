using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A card that acts when the guest stops kicking it.</summary>
[Element("watchdog")]
public sealed partial record Watchdog : Device
{
    [Attr("model", Bad = "unsupported|unknown watchdog model '{0}'", Missing = "internal|watchdog must contain model name")] [Abi("watchdog model")] public required WatchdogModel Model { get; init; }
    [Attr("action", Bad = "unsupported|unknown watchdog action '{0}'")] public WatchdogAction? Action { get; init; }
}

[WireNames] public enum WatchdogModel { I6300Esb, Ib700, Diag288, Itco }
[WireNames] public enum WatchdogAction { Reset, Shutdown, Poweroff, Pause, Dump, None, [Wire("inject-nmi")] InjectNmi }
