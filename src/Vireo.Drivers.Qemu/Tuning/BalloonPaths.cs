namespace Vireo.Drivers.Qemu.Tuning;

/// <summary>Where the balloon is in QEMU's tree of objects.</summary>
static class BalloonPaths
{
    /// <summary>Seconds between two looks at the guest's memory; 0: it is not asked.</summary>
    internal const string Interval = "guest-stats-polling-interval";

    internal static string Of(string alias) => $"/machine/peripheral/{alias}";
}
