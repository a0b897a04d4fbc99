// The plot of events per second over the number of rules, as SVG; both axes logarithmic.
const width = 960;
const height = 520;
const area = { left: 96, top: 64, right: 610, bottom: 436 };
const labelGap = 38;

/** Of each contender: how the legend calls it, its colours in light and in dark, the shape of its points. */
const series = {
  'RuleIndex.match(object)': { title: 'footbridge, objects', colors: ['#0b6e4f', '#3ddc97'], shape: 'circle' },
  'RuleIndex.match(text)': { title: 'footbridge, JSON text', colors: ['#1f5fbf', '#79b8ff'], shape: 'square' },
  'Map on source, then a loop, objects': {
    title: 'Map on source, then a loop',
    colors: ['#a15c00', '#ffb454'],
    shape: 'triangle',
  },
  'linear loop over compiled patterns, objects': {
    title: 'linear loop over compiled patterns',
    colors: ['#a61e6b', '#ff8ac6'],
    shape: 'diamond',
  },
  'serverless-offline-aws-eventbridge': {
    title: 'serverless-offline-aws-eventbridge',
    colors: ['#b3261e', '#ff7b72'],
    shape: 'cross',
  },
  'JSON.parse': { title: 'JSON.parse alone', colors: ['#6e7781', '#9aa4af'], shape: 'none' },
};

/** The everyday rules of a whole run. */
export function plotMatchMany({ machine, date, scenarios }) {
  const groups = scenarios
    .find(({ scenario }) => scenario === 'match-many')
    .groups.filter(({ kind }) => kind === 'everyday');
  const lines = Object.entries(series).flatMap(([name, look], i) => {
    const points = groups.flatMap(({ rules, results }) => {
      const result = results.find((each) => each.name === name);
      return result === undefined
        ? []
        : [{ rules, rate: 1e9 / result.median, low: 1e9 / result.high, high: 1e9 / result.low }];
    });
    return points.length === 0 ? [] : [{ ...look, points, css: `s${i}` }];
  });
  const rates = lines.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]));
  const [bottom, top] = [Math.floor(Math.log10(Math.min(...rates))), Math.ceil(Math.log10(Math.max(...rates)))];
  const last = Math.log10(Math.max(...groups.map(({ rules }) => rules)));
  const x = (rules) => area.left + (Math.log10(rules) / last) * (area.right - area.left);
  const y = (rate) => area.bottom - ((Math.log10(rate) - bottom) / (top - bottom)) * (area.bottom - area.top);

  const title = 'Events a second over the number of rules, both axes logarithmic';
  const about =
    'Everyday rules, EventBridge envelopes of 700 bytes. Loops get parsed objects; serverless-offline parses the Detail for every rule.';
  const run = `Medians; bars: the middle half of the rounds. ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${date.slice(0, 10)}.`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title about">
<title id="title">${title}</title>
<desc id="about">${about} ${run}</desc>
<style>
${style(lines)}
</style>
<rect class="paper" width="${width}" height="${height}" rx="8"/>
<text class="title" x="24" y="32">${title}</text>
<text class="faint" x="24" y="${height - 26}">${about}</text>
<text class="faint" x="24" y="${height - 10}">${run}</text>
${horizontals(bottom, top, y)}
${verticals(groups, x)}
${lines.map((line) => drawLine(line, x, y)).join('\n')}
${drawLegend(lines, y)}
</svg>
`;
}

function style(lines) {
  const colors = (i) => lines.map(({ css, colors: pair }) => `.${css}{color:${pair[i]}}`).join('');
  return `text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:#1f2328}
.title{font-size:17px;font-weight:600}
.faint{font-size:12px;fill:#59636e}
.paper{fill:#fff}
.grid{stroke:#d8dee4}
.line{fill:none;stroke:currentColor;stroke-width:2.5;stroke-linejoin:round}
.parse .line{stroke-width:1.5;stroke-dasharray:5 4}
.bar{stroke:currentColor;stroke-width:1.5;opacity:.6}
.point{fill:currentColor;stroke:currentColor;stroke-width:2}
.label{fill:currentColor;font-weight:600}
${colors(0)}
@media (prefers-color-scheme: dark){text{fill:#e6edf3}.faint{fill:#9aa4af}.paper{fill:#0d1117}.grid{stroke:#2a313a}.label{fill:currentColor}${colors(1)}}`;
}

function horizontals(bottom, top, y) {
  const decades = Array.from({ length: top - bottom + 1 }, (_, i) => bottom + i);
  const lines = decades.map((decade) => {
    const at = round(y(10 ** decade));
    const label = decade < 6 ? (10 ** decade).toLocaleString('en-US') : `${10 ** (decade - 6)} million`;
    return `<path class="grid" d="M${area.left} ${at}H${area.right}"/><text class="faint" x="${area.left - 10}" y="${at + 4}" text-anchor="end">${label}</text>`;
  });
  const middle = (area.top + area.bottom) / 2;
  return `${lines.join('\n')}
<text transform="rotate(-90 20 ${middle})" x="20" y="${middle}" text-anchor="middle">events a second</text>`;
}

function verticals(groups, x) {
  const lines = groups.map(({ rules }) => {
    const at = round(x(rules));
    return `<path class="grid" d="M${at} ${area.top}V${area.bottom}"/><text class="faint" x="${at}" y="${area.bottom + 18}" text-anchor="middle">${rules.toLocaleString('en-US')}</text>`;
  });
  const middle = (area.left + area.right) / 2;
  return `${lines.join('\n')}
<text x="${middle}" y="${area.bottom + 38}" text-anchor="middle">rules</text>`;
}

function drawLine({ css, points, shape }, x, y) {
  const path = points
    .map(({ rules, rate }, i) => `${i === 0 ? 'M' : 'L'}${round(x(rules))} ${round(y(rate))}`)
    .join('');
  const marks = points.map(({ rules, rate, low, high }) => {
    if (shape === 'none') return '';
    const at = round(x(rules));
    return `<path class="bar" d="M${at} ${round(y(low))}V${round(y(high))}"/>${drawPoint(shape, at, round(y(rate)))}`;
  });
  return `<g class="${css}${shape === 'none' ? ' parse' : ''}"><path class="line" d="${path}"/>${marks.join('')}</g>`;
}

function drawPoint(shape, x, y) {
  const paths = {
    circle: `M${x - 3.5} ${y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0`,
    square: `M${x - 3} ${y - 3}h6v6h-6z`,
    triangle: `M${x} ${y - 4}l4 7h-8z`,
    diamond: `M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5 -4.5z`,
    cross: `M${x - 3.5} ${y - 3.5}l7 7M${x + 3.5} ${y - 3.5}l-7 7`,
  };
  return `<path class="point" d="${paths[shape]}"/>`;
}

/** Names beside the ends of their lines, moved apart where those are close. */
function drawLegend(lines, y) {
  const entries = lines.map((line) => ({ ...line, end: y(line.points.at(-1).rate) })).sort((a, b) => a.end - b.end);
  let lowest = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    entry.at = Math.max(entry.end, lowest + labelGap);
    lowest = entry.at;
  }
  const overhang = Math.max(0, lowest - area.bottom);
  return entries
    .map(({ css, title, shape, points, at: wanted }) => {
      const at = round(wanted - overhang);
      const { rules, rate } = points.at(-1);
      const speed = `${Number(rate.toPrecision(2)).toLocaleString('en-US')}/s at ${rules.toLocaleString('en-US')}`;
      const x = area.right + 22;
      const sample = shape === 'none' ? '' : drawPoint(shape, x + 10, at);
      return `<g class="${css}${shape === 'none' ? ' parse' : ''}"><path class="line" d="M${x} ${at}h20"/>${sample}<text class="label" x="${x + 28}" y="${at - 1}">${title}</text><text class="faint" x="${x + 28}" y="${at + 14}">${speed}</text></g>`;
    })
    .join('\n');
}

function round(value) {
  return Math.round(value * 10) / 10;
}
