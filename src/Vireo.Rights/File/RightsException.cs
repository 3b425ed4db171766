using Vireo.Core.Errors;

namespace Vireo.Rights;

/// <summary>Something wrong in a file of rules.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What, and what to do.</param>
public readonly record struct RightsComplaint(int Line, int Column, string Message);

/// <summary>A file of rules that cannot be used, with everything that is wrong with it.</summary>
public sealed class RightsException(string file, IReadOnlyList<RightsComplaint> complaints)
    : VireoException(ErrorCode.ConfSyntax, ErrorDomain.Conf, string.Join("; ", complaints.Select(c => $"{file}:{c.Line}:{c.Column}: {c.Message}")))
{
    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<RightsComplaint> Complaints => complaints;
}
