using Vireo.Core.Errors;

namespace Vireo.Hypervisor.Jobs;

static class JobErrors
{
    /// <summary>libvirt's text first, which clients match on; then since when, and for whom.</summary>
    public static VireoException TimedOut(JobHolder? holder, DateTimeOffset now) =>
        new(ErrorCode.OperationTimeout, ErrorDomain.None, "cannot acquire state change lock" + Held(holder, now));

    public static VireoException TooMany(JobHolder? holder, DateTimeOffset now) =>
        new(ErrorCode.OperationFailed, ErrorDomain.None,
            "cannot acquire state change lock due to max_queued limit" + Held(holder, now));

    internal static string Held(JobHolder? holder, DateTimeOffset now)
    {
        if (holder is null)
            return "";
        string who = holder.Caller.Who is { } client ? $" for {client}" : " for the daemon itself";
        return $" (held by monitor={holder.Caller.Api}): {holder.Word} job since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" +
            $" ({(long)(now - holder.Since).TotalSeconds} s){who}";
    }
}
