using System.Text;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Fuzz.Engine;

namespace Vireo.Fuzz.Targets;

/// <summary>Configuration files: understood, or every mistake named with its place.</summary>
public sealed class ConfigTarget : FuzzTarget
{
    static readonly TextMutator mutator = new(
        ["", "0", "-1", "2147483648", "99999999999999999999", "\"", "'", "\"\"\"", "[", "]", ",", "=", "#", "\n", "\\", "\\n", "\0", "\ud800", "1:stderr", "none", "[ ]",
            "max_clients", "log_outputs = \"1:file:/x\"", "0777", "9999", "unix_sock_rw_perms = \"0\""], "\"", "=\n[,");

    public override string Name => "configuration";

    public override string Extension => ".conf";

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => mutator.Mutate(seed, other, random);

    public override bool Run(byte[] input)
    {
        try
        {
            LibvirtdConfig.From(ConfFile.Parse(Encoding.UTF8.GetString(input), "fuzz.conf"));
            return true;
        }
        catch (VireoException e)
        {
            return !e.Message.Contains("fuzz.conf:", StringComparison.Ordinal)
                ? throw new FuzzFindingException($"a mistake without a place: {e.Message}") : false;
        }
    }
}
