using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host;
using Vireo.Rights;

namespace Vireo.Daemon.Access;

/// <summary>The policies that access_drivers names, in its order; all must agree.</summary>
sealed class AccessDrivers : IDisposable
{
    readonly ILogger log;
    readonly RightsPolicy? rights;
    readonly PolkitAuthority? polkit;
    readonly string rightsFile;

    /// <summary>Makes them.</summary>
    /// <exception cref="VireoException">One is unknown, or its file cannot be used.</exception>
    internal AccessDrivers(IReadOnlyList<string> names, HostPaths paths, ILogger log)
    {
        this.log = log;
        rightsFile = Path.Join(paths.EtcDir, "rights.toml");
        var policies = new List<IAccessPolicy>();
        foreach (string name in names)
        {
            switch (name)
            {
                case "nop":
                    break;
                case "polkit":
                    policies.Add(new PolkitPolicy(polkit ??= new PolkitAuthority(), log));
                    break;
                case "rights":
                    policies.Add(rights ??= new RightsPolicy(rightsFile));
                    log.RulesRead(rightsFile, rights.File.Rules.Count);
                    break;
                default:
                    throw new VireoException(ErrorCode.InternalError, ErrorDomain.Access, $"Failed to find security driver '{name}'");
            }
        }
        Policy = policies switch
        {
            [] => null,
            [var one] => one,
            _ => new AccessPolicies(policies),
        };
    }

    /// <summary>What sessions ask; null: nobody.</summary>
    internal IAccessPolicy? Policy { get; }

    /// <summary>SIGHUP: rules are read again; those in force stay if the new ones cannot be used, which the log says.</summary>
    internal void Reload()
    {
        if (rights is null)
            return;
        try
        {
            rights.Reload();
            log.RulesRead(rightsFile, rights.File.Rules.Count);
        }
        catch (VireoException e)
        {
            log.RulesStay(e.Message);
        }
    }

    public void Dispose() => polkit?.Dispose();
}
