using System.Text;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Shell.Session;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
await using var standard = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 16384);
await using var errors = new StreamWriter(Console.OpenStandardError(), utf8, bufferSize: 1024);
using var input = new StreamReader(Console.OpenStandardInput(), utf8);
var opener = new ConnectionOpener(TestDriver.Create(), RemotePlaces.OfThisProcess(), new PersonAtTerminal(input, standard));
return await ShellProgram.RunAsync(new ShellProgram.Surroundings
{
    Name = ProgramName.Own(),
    Arguments = args,
    Environment = Environment.GetEnvironmentVariable,
    Input = input,
    Typed = Terminal.IsTerminal,
    Output = standard,
    Errors = errors,
    Open = opener.OpenAsync,
});
