using System.Diagnostics;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Shell.Commands;
using Vireo.Shell.Parsing;

namespace Vireo.Shell.Session;

/// <summary>Opens a connection; a URI of null asks for the default one.</summary>
delegate ValueTask<IDriverConnection> OpenConnection(string? uri, bool readOnly, TimeSpan keepaliveInterval, int keepaliveCount);

/// <summary>One run of the program: settings, the connection as it is now, and the loop that runs commands.</summary>
sealed class ShellSession(ShellSettings settings, CommandTable table, Output output, OpenConnection open) : IAsyncDisposable
{
    IDriverConnection? connection;
    Calls? calls;
    bool readOnly = settings.ReadOnly;
    string? uri = settings.Uri;

    public ShellSettings Settings => settings;

    public CommandTable Table => table;

    public Output Out => output;

    /// <summary>A person types: cd makes sense, and quit has somebody to leave.</summary>
    public bool Interactive { get; set; }

    /// <summary>Set by quit.</summary>
    public bool Leaving { get; set; }

    /// <summary>What was asked for last; null: the default.</summary>
    public string? Uri => uri;

    /// <summary>There is a connection and the daemon did not end it.</summary>
    bool IsAlive => connection is not null and not RemoteClient { Closed.IsCompleted: true };

    /// <summary>The prompt shows it.</summary>
    public bool ReadOnly => readOnly;

    /// <summary>What the connection can do; it was opened before the command ran.</summary>
    public Calls Calls => calls ?? throw new UnreachableException("a command that needs no connection asked for one");

    /// <summary>Understands and runs a line. True: its last command went well.</summary>
    public async ValueTask<bool> RunAsync(TokenSource tokens)
    {
        List<CommandCall> commands;
        try
        {
            commands = new CommandParser(table).Parse(tokens);
        }
        catch (ParseFailure failure)
        {
            foreach (string line in failure.Message.Split('\n'))
                output.Error(line);
            return false;
        }
        foreach (string line in commands.SelectMany(call => call.Describe()))
            output.Debug(1, line);
        if (!await ConnectFirstAsync())
            return false;
        bool good = true;
        foreach (CommandCall call in commands)
        {
            good = await RunAsync(call);
            if (Leaving)
                break;
        }
        return good;
    }

    /// <summary>A connection that was asked for by name is opened before anything runs, even before commands that need none.</summary>
    public async ValueTask<bool> ConnectFirstAsync()
    {
        if (uri is null || connection is not null)
            return true;
        try
        {
            await ConnectAsync(uri, readOnly);
            return true;
        }
        catch (CommandFailure failure)
        {
            Report(failure);
            return false;
        }
    }

    async ValueTask<bool> RunAsync(CommandCall call)
    {
        long start = Stopwatch.GetTimestamp();
        bool good;
        try
        {
            if (call.Command.NeedsConnection && !IsAlive)
                await ConnectAsync(uri, readOnly);
            call.CheckTogether();
            good = await call.Command.Run(this, call);
        }
        catch (CommandFailure failure)
        {
            Report(failure);
            good = false;
        }
        catch (VireoException failure)
        {
            output.Error(failure.Message);
            good = false;
        }
        if (Leaving)
            return good;
        if (settings.Timing)
            output.Print($"\n(Time: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F3} ms)\n\n");
        else
            output.Extra("\n");
        output.Flush();
        return good;
    }

    /// <summary>Says what failed, then what the library says about it.</summary>
    public void Report(CommandFailure failure)
    {
        output.Error(failure.Message);
        if (failure.Cause is { } cause)
            output.Error(cause.Message);
    }

    /// <summary>Opens another connection; the old one stays if that fails.</summary>
    public async ValueTask ConnectAsync(string? newUri, bool newReadOnly)
    {
        IDriverConnection opened;
        try
        {
            opened = await open(string.IsNullOrEmpty(newUri) ? null : newUri, newReadOnly,
                TimeSpan.FromSeconds(settings.KeepaliveInterval), settings.KeepaliveCount);
        }
        catch (VireoException failure)
        {
            throw new CommandFailure("failed to connect to the hypervisor", failure);
        }
        if (settings.KeepaliveInterval > 0 && opened is not RemoteClient { KnowsKeepalive: true })
            output.Debug(1, "Failed to setup keepalive on connection");
        if (connection is not null)
            await connection.DisposeAsync();
        (connection, calls, uri, readOnly) = (opened, new Calls(opened.Capabilities, newReadOnly), newUri, newReadOnly);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        output.Flush();
    }
}
