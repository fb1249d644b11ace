/** The tab of statistics and what composes it: a bundle of its own, loaded when it is first shown. */
export { StatsPanel } from '../stats/statsPanel';
