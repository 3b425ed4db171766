using System.Text;
using Vireo.Core.Errors;
using Vireo.Hypervisor.Hooks;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Hooks;

/// <summary>
/// Tells the host's owner of networks and their ports. What begins (a start, a port) can be refused; of what has happened they are only told.
/// </summary>
sealed class NetworkHooks(HookScripts scripts, Action<string, VireoException> failed)
{
    /// <summary>Asks whether something may be.</summary>
    /// <param name="operation">start, started or port-created.</param>
    /// <param name="network">As it will be, or is.</param>
    /// <param name="port">Whose port; null: it is about the network.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="VireoException">VIR_ERR_HOOK_SCRIPT_FAILED: it may not.</exception>
    public ValueTask AskAsync(string operation, NetworkDef network, NetworkPortDef? port, CancellationToken cancel) =>
        scripts.Any ? scripts.RunAsync(network.Name, operation, "begin", Document(network, port), cancel) : default;

    /// <summary>Tells that something has happened.</summary>
    /// <param name="operation">stopped, updated or port-deleted.</param>
    /// <param name="network">As it is, or was.</param>
    /// <param name="port">Whose port; null: it is about the network.</param>
    public async ValueTask TellAsync(string operation, NetworkDef network, NetworkPortDef? port = null)
    {
        if (!scripts.Any)
            return;
        try
        {
            await scripts.RunAsync(network.Name, operation, operation is "stopped" ? "end" : "begin", Document(network, port), CancellationToken.None).ConfigureAwait(false);
        }
        catch (VireoException fault)
        {
            failed(network.Name, fault);
        }
    }

    /// <summary>What scripts read: both documents in one.</summary>
    internal static string Document(NetworkDef network, NetworkPortDef? port)
    {
        var text = new StringBuilder("<hookData>\n");
        Indented(text, network.ToXml());
        if (port is not null)
            Indented(text, port.ToXml());
        return text.Append("</hookData>").ToString();
    }

    static void Indented(StringBuilder text, string document)
    {
        foreach (string line in document.TrimEnd('\n').Split('\n'))
            text.Append(line.Length > 0 ? "  " : "").Append(line).Append('\n');
    }
}
