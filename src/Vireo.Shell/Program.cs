using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Shell.Session;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
await using var standard = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 16384);
await using var errors = new StreamWriter(Console.OpenStandardError(), utf8, bufferSize: 1024);
IDriver test = TestDriver.Create();
return await ShellProgram.RunAsync(new ShellProgram.Surroundings
{
    Name = ProgramName.Own(),
    Arguments = args,
    Environment = Environment.GetEnvironmentVariable,
    Input = new StreamReader(Console.OpenStandardInput(), utf8),
    Typed = Terminal.IsTerminal,
    Output = standard,
    Errors = errors,
    Open = async (uri, readOnly) => await test.OpenAsync(uri is null ? null : ConnectionUri.Parse(uri), new Caller(readOnly), default)
        ?? throw new VireoException(new VirError(ErrorCode.NoConnect, ErrorDomain.None, $"no connection driver available for {uri}")),
});
