namespace Vireo.Drivers.NwFilter.Rules;

/// <summary>Runs the programs of the host's packet filter.</summary>
public interface IPacketFilter
{
    /// <summary>Runs a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="mayFail">What is not there cannot be taken away: a failure says nothing.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_INTERNAL_ERROR: it failed, and must not.</exception>
    string Run(IReadOnlyList<string> command, bool mayFail);
}
