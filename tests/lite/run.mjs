// Loads a wheel and main.py into Pyodide and answers calls: node run.mjs PYODIDE WHEEL MAIN CALLS
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodide, wheel, main, calls] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const python = await loadPyodide();
python.unpackArchive(new Uint8Array(readFileSync(wheel)), "wheel");
python.globals.set("main_source", readFileSync(main, "utf8"));
python.globals.set("calls_source", readFileSync(calls, "utf8"));
const answers = await python.runPythonAsync(`
import json, sys, types

# xlwings Lite itself is there only within Excel: its decorators hand the function on.
lite = types.ModuleType("xlwings")
lite.func = lambda function: function
lite.arg = lambda *names, **options: lambda function: function
sys.modules["xlwings"] = lite
main = types.ModuleType("main")
exec(compile(main_source, "main.py", "exec"), main.__dict__)
before = {name.partition(".")[0] for name in sys.modules}
answers = [getattr(main, name)(*arguments) for name, arguments in json.loads(calls_source)]
loaded = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)
json.dumps({"answers": answers, "loaded": sorted(loaded), "platform": sys.platform})
`);
console.log(answers);
